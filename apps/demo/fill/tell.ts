import { EntryKind, encodeContent, encodeReaction, mentionsIn, mentionToken, NO_HEADER } from '@hongyan/protocol';
import type { StoryEvent } from '../story/event.ts';
import { isPersonKey, type PersonKey } from '../world/people.ts';
import type { Accounts } from './accounts.ts';
import { amend, change, nextMessageId } from './speak.ts';
import type { Telling } from './story-clock.ts';

/** A message as the log has it. */
export interface Said {
  seq: number;
  who: PersonKey;
}

/** A room while its story is told. */
export interface ToldRoom {
  conversationId: string;
  said: Said[];
}

/** Carries out one event. Rejects with what the server refuses. */
export async function tell(telling: Telling, accounts: Accounts, room: ToldRoom, event: StoryEvent): Promise<void> {
  const { deed, who } = event;
  const { conversationId } = room;
  const account = accounts.of(who);
  const seqOf = (said: number) => room.said[said]?.seq ?? 0;
  const contentOf = (text: string, replyTo: number | undefined) => {
    const withIds = text.replace(/@(\w+)/g, (token, name: string) =>
      name === 'all' ? mentionToken('all') : isPersonKey(name) ? mentionToken(accounts.of(name).userId) : token,
    );
    const replyToSeq = replyTo === undefined ? 0 : seqOf(replyTo);
    const body = encodeContent({ kind: { case: 'text', value: { text: withIds } }, replyToSeq });
    return { body, mentions: mentionsIn(withIds) };
  };
  switch (deed.kind) {
    case 'say': {
      const { body, mentions } = contentOf(deed.text, deed.replyTo);
      const named = { conversationId, clientMessageId: nextMessageId(), clientTimeMs: event.atMs };
      const header =
        mentions.mentionsAll || mentions.mentionedIds.length > 0 ? { ...NO_HEADER, ...mentions } : undefined;
      const answer = await telling.writer.ask(account, { case: 'sendMessage', value: { ...named, body, header } });
      if (answer.case !== 'messageSent') throw new Error(`logic answered a message with ${answer.case}`);
      room.said.push({ seq: answer.value.seq, who });
      return;
    }
    case 'edit':
      await amend(telling, account, {
        ...{ conversationId, kind: EntryKind.EDIT, targetSeq: seqOf(deed.said) },
        ...contentOf(deed.text, undefined),
      });
      return;
    case 'recall': {
      const body = new Uint8Array();
      await amend(telling, account, { conversationId, kind: EntryKind.RECALL, targetSeq: seqOf(deed.said), body });
      return;
    }
    case 'react': {
      const body = encodeReaction({ emoji: [deed.emoji] });
      await amend(telling, account, { conversationId, kind: EntryKind.REACTION, targetSeq: seqOf(deed.said), body });
      return;
    }
    case 'pin':
      await change(telling, account, conversationId, { case: 'pinnedSeq', value: seqOf(deed.said) });
  }
}
