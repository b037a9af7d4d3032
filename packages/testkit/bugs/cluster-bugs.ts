import type { Broker, Bus } from '@hongyan/core';
import type { UserId } from '@hongyan/protocol';
import {
  decodeAnnouncement,
  decodeAnswerBatch,
  decodeCarriedPushes,
  encodeAnnouncement,
  encodeCarriedPushes,
} from '@hongyan/protocol/cluster';
import { toEach } from '../faults/bus.ts';
import { overriding } from './overriding.ts';
import { kindOf, tampered } from './tampered-broker.ts';

/** Of several nodes that listen for an account only the first one hears anything. Made for a whole run. */
export const tellFirstListener = () => {
  const listeners = new Map<string, Broker[]>();
  return (broker: Broker): Broker =>
    overriding(broker, {
      subscribe(subject: string, receive: (payload: Uint8Array) => void) {
        if (kindOf(subject) !== 'user') return broker.subscribe(subject, receive);
        const all = listeners.get(subject) ?? [];
        listeners.set(subject, [...all, broker]);
        const end = broker.subscribe(subject, (payload) => {
          if (listeners.get(subject)?.[0] === broker) receive(payload);
        });
        return () => {
          listeners.set(
            subject,
            (listeners.get(subject) ?? []).filter((each) => each !== broker),
          );
          end();
        };
      },
    });
};

/** Listens for an account with the next thing it has to do after its device was brought up to date, and not before. */
export function listenLate(broker: Broker): Broker {
  const deaf = new Set<string>();
  let isCovered = false;
  /** A node with logic of its own asks nobody, and brings its devices up to date by itself. */
  let isAsking = false;
  const late = tampered(broker, {
    sent({ kind, payload }) {
      isAsking ||= kind === 'requests';
      return [payload];
    },
    heard({ kind, subject, payload }) {
      if (kind === 'answers') {
        if (isCovered) deaf.clear();
        isCovered = decodeAnswerBatch(payload).answers.some(({ body }) => body?.case === 'covered');
      }
      return deaf.has(subject) ? [] : [payload];
    },
  });
  return overriding(late, {
    subscribe(subject, receive) {
      if (isAsking && kindOf(subject) === 'user') deaf.add(subject);
      return late.subscribe(subject, receive);
    },
  });
}

/** Listens for an account no more when the first of its connections is over. */
export function endWithFirst(bus: Bus): Bus {
  const deaf = new Set<UserId>();
  const publish: Bus['publish'] = (message) => {
    if (!deaf.has(message.userId)) bus.publish(message);
  };
  const counts = new Map<UserId, number>();
  return {
    publish,
    publishToAll: toEach(publish),
    subscribe(userId, receive) {
      counts.set(userId, (counts.get(userId) ?? 0) + 1);
      const end = bus.subscribe(userId, receive);
      return () => {
        end();
        const left = (counts.get(userId) ?? 1) - 1;
        counts.set(userId, left);
        if (left > 0) deaf.add(userId);
        else deaf.delete(userId);
      };
    },
  };
}

/** Goes on, when the broker is back, as if nothing had been lost. */
export const ignoreRestored = (broker: Broker): Broker => overriding(broker, { onRestored: () => () => undefined });

/** Thinks that every node it heard of is still there, whatever the broker says. */
export function forgetNobody(broker: Broker): Broker {
  const known = new Map<string, Uint8Array>();
  const trusting = tampered(broker, {
    heard({ kind, payload }) {
      if (kind !== 'nodes') return [payload];
      const announcement = decodeAnnouncement(payload);
      known.set(announcement.nodeId, encodeAnnouncement({ ...announcement, asks: false }));
      return [payload, ...[...known.values()].map((each) => Uint8Array.from(each))];
    },
  });
  return overriding(trusting, { address: (subject) => trusting.address(subject, () => undefined) });
}

/** Sends of all that is pushed to an account at once only the last. */
export const sendLastPush = (broker: Broker): Broker =>
  tampered(broker, {
    sent: ({ kind, payload }) =>
      kind === 'user' ? [encodeCarriedPushes({ pushes: decodeCarriedPushes(payload).pushes.slice(-1) })] : [payload],
  });

/** Sends what is for two accounts in one turn to the second one. */
export function mixAccounts(broker: Broker): Broker {
  let before: Uint8Array | undefined;
  return tampered(broker, {
    sent({ kind, payload }) {
      if (kind !== 'user') return [payload];
      const pushes = [before, payload].flatMap((each) => (each === undefined ? [] : decodeCarriedPushes(each).pushes));
      before = payload;
      return [encodeCarriedPushes({ pushes })];
    },
  });
}
