import { writeSync } from 'node:fs';
import type { Store } from '@hongyan/core/ports';
import { message } from './message.ts';

// For processes that are killed: they write until then, and print each answer as soon as the store gave it.

const SENDERS = 24;

/** What `appendForever` appends to. */
export const conversations = ['c0', 'c1', 'c2'];
/** Whose records `changeForever` changes. */
export const owner = 'ann';

/** Prints conversation, seq and client message id of each entry. */
export async function appendForever(store: Store): Promise<void> {
  await Promise.all(Array.from({ length: SENDERS }, (_, sender) => appendAs(store, sender)));
}

async function appendAs(store: Store, sender: number): Promise<never> {
  for (let count = 0; ; count++) {
    const clientMessageId = `${sender}-${count}`;
    const conversationId = `c${sender % conversations.length}`;
    const { seq } = await store.log.append(message(clientMessageId, { conversationId }));
    print(`${conversationId} ${seq} ${clientMessageId}\n`);
  }
}

/** Prints key, seq and time of each change. */
export async function changeForever(store: Store, keyCount: number): Promise<void> {
  await Promise.all(Array.from({ length: keyCount }, (_, at) => change(store, `setting/a${at}`)));
}

async function change(store: Store, key: string): Promise<never> {
  for (let changedAtMs = 1; ; changedAtMs++) {
    const value = new TextEncoder().encode(`${key} ${changedAtMs}`);
    const event = await store.records.set({ userId: owner, key, value, changedAtMs, timeMs: changedAtMs });
    print(`${key} ${event?.seq} ${changedAtMs}\n`);
  }
}

/** Waits as long as the reader of the pipe is behind. */
function print(line: string): void {
  let rest = Buffer.from(line);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }
}
