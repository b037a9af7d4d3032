import type { DeviceId } from '@hongyan/protocol';

/** Where a gateway is reached. */
export interface GatewayAddress {
  /** `https://gateway-1.example.org`; empty: where the API was reached. */
  url: string;
  /** Where it takes plain TCP, at the same host; undefined: not said. */
  tcpPort: number | undefined;
}

/** What somebody is told who asks where to connect. */
export type GatewayAnswer =
  | {
      status: 'allocated';
      /** To be tried in this order; none: stay where the API was reached. */
      gateways: GatewayAddress[];
      /** How long there is no need to ask again. */
      keepForMs: number;
    }
  | {
      status: 'queued';
      /** 1 is the next one. */
      place: number;
      retryAfterMs: number;
      /** Keeps the place when it comes back; undefined: there was none left in the line. */
      ticket: string | undefined;
    };

export interface GatewayRequest {
  deviceId: DeviceId;
  /** From the last answer; one that is not good counts as none. */
  ticket: string | undefined;
}

/** Tells devices where to connect (A6). */
export interface Allocations {
  allocate(request: GatewayRequest): Promise<GatewayAnswer>;
}
