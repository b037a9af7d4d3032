import { parentPort } from 'node:worker_threads';
import { StoreOpenError } from '../open-error.ts';
import type { Started } from './start-worker.ts';
import { CLOSE } from './worker-queue.ts';

interface Service {
  /** Answers a batch, or at least its first call and as many as follow; an error it throws ends the thread, and the main thread learns of it. */
  answer(batch: unknown): unknown[];
  close(): void;
}

/** The life of a store thread: opens, says so, answers batch after batch, ends when told. */
export function serve(open: () => Service): void {
  const port = parentPort;
  if (port === null) throw new Error('this file runs as a worker thread');
  const say = (started: Started) => port.postMessage(started);
  let service: Service;
  try {
    service = open();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    say({ ready: false, reason: error instanceof StoreOpenError ? error.reason : 'failed', message });
    return;
  }
  port.on('message', (message: unknown) => {
    if (message !== CLOSE) {
      port.postMessage(service.answer(message));
      return;
    }
    service.close();
    port.close();
  });
  say({ ready: true });
}
