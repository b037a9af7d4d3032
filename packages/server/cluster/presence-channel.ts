import type { Broker } from '@hongyan/core';
import type { UserId } from '@hongyan/protocol';
import {
  type AccountDevices,
  type ConversationTyping,
  decodePresenceNews,
  decodePresenceQuestion,
  decodeSightChanged,
  encodePresenceNews,
  encodePresenceQuestion,
  encodeSightChanged,
  type PresenceQuestion,
  Role,
  type SightChanged,
} from '@hongyan/protocol/cluster';
import type { PresenceChannel, PresenceListener } from '../gateway/presence/channel.ts';
import type { Roster } from './roster.ts';
import type { Subjects } from './subjects.ts';

/** Accounts in one message. */
const ACCOUNTS_MAX = 1_000;

export interface PresenceChannelParts {
  broker: Broker;
  subjects: Subjects;
  roster: Roster;
  nodeId: string;
}

interface News {
  accounts: AccountDevices[];
  typing: ConversationTyping[];
}

/**
 * Presence between gateways over the broker. A gateway hears of changes while somebody there watches: who has a watcher is
 * known by that subscription alone.
 */
export function createPresenceChannel(parts: PresenceChannelParts): PresenceChannel {
  const { broker, subjects, roster, nodeId } = parts;
  const ends: (() => void)[] = [];
  let endNews: (() => void) | undefined;
  let listener: PresenceListener | undefined;
  let number = 0;

  const send = (subject: string, { accounts, typing }: News, answers: number): void => {
    let at = 0;
    do {
      number += 1;
      const part = accounts.slice(at, at + ACCOUNTS_MAX);
      const news = { gatewayId: nodeId, number, accounts: part, typing: at === 0 ? typing : [], answers };
      broker.publish(subject, encodePresenceNews(news));
      at += ACCOUNTS_MAX;
    } while (at < accounts.length);
  };
  const hear = (payload: Uint8Array) => listener?.news(decodePresenceNews(payload));

  return {
    gatewayIds: () => roster.serving(Role.GATEWAY).map((node) => node.nodeId),
    join(joining) {
      listener = joining;
      roster.onChange(() => joining.gatewaysChanged());
      ends.push(
        broker.subscribe(subjects.presenceAnswers(nodeId), hear),
        broker.subscribe(subjects.presenceQuestions, (payload) => joining.question(decodePresenceQuestion(payload))),
        broker.onRestored(() => joining.gatewaysChanged()),
      );
    },
    listen(wanted) {
      endNews?.();
      endNews = undefined;
      if (!wanted) return;
      const endChanges = broker.subscribe(subjects.presence, hear);
      const endSight = broker.subscribe(subjects.sight, (payload) =>
        listener?.sightChanged(decodeSightChanged(payload)),
      );
      endNews = () => {
        endChanges();
        endSight();
      };
    },
    tell: (news) => send(subjects.presence, news, 0),
    ask(userIds: readonly UserId[]) {
      number += 1;
      broker.publish(
        subjects.presenceQuestions,
        encodePresenceQuestion({ gatewayId: nodeId, number, userIds: [...userIds] }),
      );
      return number;
    },
    answer: (question: PresenceQuestion, accounts) =>
      send(subjects.presenceAnswers(question.gatewayId), { accounts, typing: [] }, question.number),
    close() {
      for (const end of ends.splice(0)) end();
      endNews?.();
    },
  };
}

/** Tells all gateways that what may be seen has changed: a hint, which may be lost. */
export function tellSightChanged(
  { broker, subjects }: Pick<PresenceChannelParts, 'broker' | 'subjects'>,
  changed: SightChanged,
): void {
  broker.publish(subjects.sight, encodeSightChanged(changed));
}
