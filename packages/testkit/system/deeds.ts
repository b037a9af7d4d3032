import {
  type EntryHeader,
  EntryKind,
  encodeBlock,
  encodeContent,
  encodeConversationChange,
  encodeReaction,
  encodeRemark,
  encodeWish,
  NO_HEADER,
  type RecordKey,
} from '@hongyan/protocol';
import type { Amending, Deed, Relating, Saying } from '../plan/plan.ts';
import type { Known, SimulatedDevice } from './device.ts';
import { idOf } from './names.ts';

const NOTHING = new Uint8Array();

/** Of the messages there, the one so many from the newest; beginning anew where there are fewer. */
const counted = (messages: readonly Known[], back: number): Known | undefined =>
  messages[(back - 1) % Math.max(1, messages.length)];

const textBody = (text: string, replyToSeq = 0): Uint8Array =>
  encodeContent({ kind: { case: 'text', value: { text } }, replyToSeq });

export function say(device: SimulatedDevice, deed: Saying): void {
  const { conversationId, text, mentions, lifetimeMs, livesFromRead, back } = deed;
  if (!device.knows(conversationId)) return;
  const answered = back === 0 ? undefined : counted(device.messages(conversationId), back);
  const header: EntryHeader = {
    targetSeq: 0,
    mentionedIds: mentions.filter((name) => name !== 'all').map((name) => idOf('u', name)),
    mentionsAll: mentions.includes('all'),
    lifetimeMs,
    livesFromRead,
  };
  const isPlain = mentions.length === 0 && lifetimeMs === 0;
  device.compose(conversationId, textBody(text, answered?.seq), isPlain ? undefined : header);
}

export function amend(device: SimulatedDevice, { conversationId, how, back, text }: Amending): void {
  if (!device.knows(conversationId)) return;
  const isAny = how === 'recall-any' || how === 'react';
  const known = device.messages(conversationId).filter(({ isOwn }) => isOwn || isAny);
  const message = counted(known, back);
  if (message === undefined) return;
  const { kind, body } = amendment(how, text);
  const targetId = message.seq === 0 ? message.id : undefined;
  const header = { ...NO_HEADER, targetSeq: message.seq };
  const change = { kind, targetSeq: message.seq, ...(targetId !== undefined && { targetId }) };
  device.change(conversationId, change, body, header);
}

function amendment(how: Amending['how'], text: string): { kind: EntryKind; body: Uint8Array } {
  switch (how) {
    case 'edit':
      return { kind: EntryKind.EDIT, body: textBody(text) };
    case 'react':
      return { kind: EntryKind.REACTION, body: encodeReaction({ emoji: text === '' ? [] : [text] }) };
    case 'recall':
    case 'recall-any':
      return { kind: EntryKind.RECALL, body: NOTHING };
  }
}

export function pin(device: SimulatedDevice, deed: Extract<Deed, { kind: 'pin' | 'unpin' }>): void {
  const { kind, conversationId, back } = deed;
  const message = counted(
    device.messages(conversationId).filter(({ seq }) => seq > 0),
    back,
  );
  if (message === undefined) return;
  change(device, {
    conversationId,
    change: { case: kind === 'pin' ? 'pinnedSeq' : 'unpinnedSeq', value: message.seq },
  });
}

export function change(
  device: SimulatedDevice,
  { conversationId, change }: Pick<Extract<Deed, { kind: 'change' }>, 'conversationId' | 'change'>,
): void {
  if (!device.knows(conversationId)) return;
  const planned = { kind: EntryKind.CONVERSATION_CHANGED, targetSeq: 0 };
  device.change(conversationId, planned, encodeConversationChange({ change }));
}

export function relate(device: SimulatedDevice, { person, what }: Extract<Deed, { kind: 'relate' }>): void {
  const { kind, value } = related(what, person);
  const key: RecordKey = { kind, userId: idOf('u', person) };
  device.setRecord(key, value);
}

function related(what: Relating, person: string): { kind: 'friend' | 'block' | 'remark'; value: Uint8Array } {
  switch (what) {
    case 'befriend':
      return { kind: 'friend', value: encodeWish({ wanted: true, greeting: `to ${person}` }) };
    case 'decline':
      return { kind: 'friend', value: encodeWish({ wanted: false, greeting: '' }) };
    case 'take-back':
      return { kind: 'friend', value: NOTHING };
    case 'block':
      return { kind: 'block', value: encodeBlock({ blocked: true }) };
    case 'unblock':
      return { kind: 'block', value: encodeBlock({ blocked: false }) };
    case 'remark':
      return { kind: 'remark', value: encodeRemark({ name: person, labels: [] }) };
  }
}
