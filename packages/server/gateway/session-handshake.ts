import { holdingsFault, type Identity } from '@hongyan/core';
import { CloseCode, Feature, type Hello, type Limits, PROTOCOL_VERSION, type Reply } from '@hongyan/protocol';
import type { SessionRegistry } from './session-registry.ts';
import type { PushSink, SessionStream } from './session-stream.ts';

/** Why a connection ends. */
export interface Refusal {
  code: CloseCode;
  reason: string;
  retryAfterMs?: number;
}

/** What is wrong with Hello whoever says it; undefined: nothing. */
export function helloFault({ protocolVersion, holdings }: Hello, limits: Limits): Refusal | undefined {
  if (protocolVersion !== PROTOCOL_VERSION) {
    return { code: CloseCode.UNSUPPORTED_VERSION, reason: `this server speaks version ${PROTOCOL_VERSION}` };
  }
  const fault = holdings === undefined ? undefined : holdingsFault(holdings, limits);
  return fault === undefined ? undefined : { code: CloseCode.MALFORMED, reason: fault };
}

/** The session that a connection gets: the one it names, or a new one. */
export type Entered =
  | { kind: 'resumed'; stream: SessionStream; pushesReceived: number }
  | { kind: 'new'; stream: SessionStream };

export function enterSession(registry: SessionRegistry, hello: Hello, identity: Identity, sink: PushSink): Entered {
  const stream = hello.resume === undefined ? undefined : registry.take(hello.resume, identity);
  if (stream === undefined || hello.resume === undefined) {
    return { kind: 'new', stream: registry.open(identity, sink) };
  }
  return { kind: 'resumed', stream, pushesReceived: hello.resume.pushesReceived };
}

/** Those that both sides may have. */
const FEATURES: readonly Feature[] = [Feature.RECEIPTS, Feature.PRESENCE];

export function welcome(
  hello: Hello,
  { kind, stream }: Entered,
  { limits, serverTimeMs }: { limits: Limits; serverTimeMs: number },
): NonNullable<Reply['body']> {
  return {
    case: 'welcome',
    value: {
      protocolVersion: PROTOCOL_VERSION,
      features: hello.features.filter((feature) => FEATURES.includes(feature)),
      ...stream.caller,
      serverTimeMs,
      limits,
      resumed: kind === 'resumed',
    },
  };
}
