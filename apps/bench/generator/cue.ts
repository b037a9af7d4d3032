import type { Cue } from '../run/orders.ts';

/** Resolves when this process is told so. */
export function cue(name: Cue['name']): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const listen = (told: Cue) => {
    if (told.name !== name) return;
    process.off('message', listen);
    resolve();
  };
  process.on('message', listen);
  return promise;
}
