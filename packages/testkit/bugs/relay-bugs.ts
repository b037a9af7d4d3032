import type { Broker } from '@hongyan/core';
import { decodeRequestBatch, encodeRequestBatch, type PostedRequest } from '@hongyan/protocol/cluster';
import type { RunningLogic } from '@hongyan/server/logic';
import { overriding } from './overriding.ts';
import { kindOf, tampered } from './tampered-broker.ts';

/** A gateway that asks other things than its relay does; `to` is the subject of the node that is asked. */
const asking = (broker: Broker, change: (requests: PostedRequest[], to: string) => PostedRequest[]): Broker =>
  tampered(broker, {
    sent({ kind, subject, payload }) {
      if (kind !== 'requests') return [payload];
      const batch = decodeRequestBatch(payload);
      return [encodeRequestBatch({ ...batch, requests: change(batch.requests, subject) })];
    },
  });

/** Asks each thing of one node only: what a dead one has not answered is not asked of another one. */
export function askOneNode(broker: Broker): Broker {
  const askedAt = new Map<number, string>();
  return asking(broker, (requests, to) =>
    requests.filter(({ id }) => {
      const first = askedAt.get(id) ?? to;
      if (id !== 0) askedAt.set(id, first);
      return first === to;
    }),
  );
}

/** Asks once: what was lost on its way to a node or back is not asked again. */
export function askOnce(broker: Broker): Broker {
  const asked = new Set<number>();
  return asking(broker, (requests) => requests.filter(({ id }) => id === 0 || (!asked.has(id) && asked.add(id))));
}

/** Says that what devices stated is in the store as soon as it has heard it. */
export const sayKeptAtOnce = (logic: RunningLogic): RunningLogic =>
  overriding(logic, { kept: () => Promise.resolve() });

/** Answers a gateway what another one asked: all of them listen to all answers. Made for a whole run. */
export const answerEverybody = () => {
  const gateways = new Set<(payload: Uint8Array) => void>();
  return (broker: Broker): Broker =>
    overriding(broker, {
      subscribe(subject: string, receive: (payload: Uint8Array) => void) {
        if (kindOf(subject) !== 'answers') return broker.subscribe(subject, receive);
        gateways.add(receive);
        return broker.subscribe(subject, (payload) => {
          for (const each of gateways) each(Uint8Array.from(payload));
        });
      },
    });
};
