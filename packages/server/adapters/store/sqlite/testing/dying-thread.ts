import { parentPort } from 'node:worker_threads';

parentPort?.on('message', () => {
  throw new Error('the disk is gone');
});
parentPort?.postMessage({ ready: true });
