import type { Cue } from '../run/orders.ts';

/** Calls back whenever this process is told so; the answer ends that. */
export function onCue(name: Cue['name'], callback: () => void): () => void {
  const listen = (told: Cue) => {
    if (told.name === name) callback();
  };
  process.on('message', listen);
  return () => process.off('message', listen);
}

/** Resolves when this process is told so. */
export function cue(name: Cue['name']): Promise<void> {
  return new Promise((resolve) => {
    const end = onCue(name, () => {
      end();
      resolve();
    });
  });
}
