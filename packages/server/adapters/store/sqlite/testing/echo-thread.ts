import { parentPort } from 'node:worker_threads';
import { CLOSE } from '../worker-queue.ts';

parentPort?.on('message', (calls: unknown) => {
  if (calls === CLOSE) parentPort?.close();
  else parentPort?.postMessage(calls);
});
parentPort?.postMessage({ ready: true });
