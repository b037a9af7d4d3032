import { type Broker, BrokerOpenError } from '@hongyan/core/ports';
import { connect } from '@nats-io/transport-node';
import { NatsBroker, type NatsTrouble } from './broker.ts';
import { optionsOf } from './options.ts';

export type { NatsTrouble } from './broker.ts';

export interface NatsOptions extends NatsTrouble {
  /** `nats://user:password@host:port`, with as many hosts as the cluster has, separated by commas. */
  url: string;
}

/** A connection to NATS (2.2 or newer, for headers). Rejects with BrokerOpenError when there is none to be had. */
export async function openNatsBroker({ url, ...trouble }: NatsOptions): Promise<Broker> {
  try {
    const connection = await connect(optionsOf(url));
    if (connection.info?.headers !== true) {
      await connection.close();
      throw new BrokerOpenError('NATS must be of version 2.2 or newer');
    }
    return new NatsBroker(connection, trouble);
  } catch (error) {
    if (error instanceof BrokerOpenError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new BrokerOpenError(`NATS cannot be reached: ${reason}`, { cause: error });
  }
}
