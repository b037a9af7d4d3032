import type { Broker } from '@hongyan/core';
import { overriding } from './overriding.ts';

/** What a subject is for; the last of its words says for whom. */
export type SubjectKind = 'nodes' | 'revoked' | 'pushes' | 'user' | 'requests' | 'answers';

export interface Carried {
  kind: SubjectKind;
  subject: string;
  payload: Uint8Array;
}

type Change = (message: Carried) => readonly Uint8Array[];

export const kindOf = (subject: string): SubjectKind => subject.split('.')[1] as SubjectKind;
const asItIs: Change = ({ payload }) => [payload];

/** A node's end of the broker that sends and hears what these make of each message. */
export function tampered(broker: Broker, { sent = asItIs, heard = asItIs }: { sent?: Change; heard?: Change }): Broker {
  const of = (change: Change, subject: string, payload: Uint8Array) =>
    change({ kind: kindOf(subject), subject, payload });
  return overriding(broker, {
    publish(subject, payload) {
      for (const each of of(sent, subject, payload)) broker.publish(subject, each);
    },
    address(subject, unheard) {
      const address = broker.address(subject, unheard);
      return overriding(address, {
        send(payload) {
          for (const each of of(sent, subject, payload)) address.send(each);
        },
      });
    },
    subscribe: (subject, receive) =>
      broker.subscribe(subject, (payload) => {
        for (const each of of(heard, subject, payload)) receive(each);
      }),
  });
}
