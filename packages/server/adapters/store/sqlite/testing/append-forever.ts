import { writeSync } from 'node:fs';
import { message } from '../../testing/message.ts';
import { openSqliteStore } from '../index.ts';

// Appends to three conversations at once until it is killed, and prints each place as soon as the store answered it.

const [directory = ''] = process.argv.slice(2);
const store = await openSqliteStore({ directory });
const senders = 24;

async function appendForever(worker: number): Promise<never> {
  for (let count = 0; ; count++) {
    const clientMessageId = `${worker}-${count}`;
    const conversationId = `c${worker % 3}`;
    const { seq } = await store.log.append(message(clientMessageId, { conversationId }));
    writeSync(1, `${conversationId} ${seq} ${clientMessageId}\n`);
  }
}

await Promise.all(Array.from({ length: senders }, (_, worker) => appendForever(worker)));
