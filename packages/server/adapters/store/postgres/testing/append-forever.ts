import { writeSync } from 'node:fs';
import { message } from '../../testing/message.ts';
import { openPostgresStore } from '../index.ts';

// Appends to three conversations and changes records of one account until it is killed, and prints each answer as soon as the
// store gave it.

const [url = ''] = process.argv.slice(2);
const store = await openPostgresStore({ url });
const senders = 24;
const keys = 8;

async function appendForever(worker: number): Promise<never> {
  for (let count = 0; ; count++) {
    const clientMessageId = `${worker}-${count}`;
    const conversationId = `c${worker % 3}`;
    const { seq } = await store.log.append(message(clientMessageId, { conversationId }));
    writeSync(1, `${conversationId} ${seq} ${clientMessageId}\n`);
  }
}

async function changeForever(key: string): Promise<never> {
  for (let changedAtMs = 1; ; changedAtMs++) {
    const value = new TextEncoder().encode(`${key} ${changedAtMs}`);
    const event = await store.records.set({ userId: 'ann', key, value, changedAtMs, timeMs: changedAtMs });
    writeSync(1, `${key} ${event?.seq} ${changedAtMs}\n`);
  }
}

await Promise.all([
  ...Array.from({ length: senders }, (_, worker) => appendForever(worker)),
  ...Array.from({ length: keys }, (_, at) => changeForever(`setting/a${at}`)),
]);
