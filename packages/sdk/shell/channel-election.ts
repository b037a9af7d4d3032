import type { Channel } from './neighbours.ts';
import { platform } from './platform.ts';

/** How long the one who leads may take to say so. */
const ANSWER_WITHIN_MS = 700;
/** How often the others ask whether it is still there. */
const ASK_EVERY_MS = 3_000;

type Word = { type: 'who' | 'leads' | 'resigns'; from: string };

export interface ChannelElection {
  join: (name: string, hear: (word: object) => void) => Channel;
  name: string;
  signal: AbortSignal;
  changed: (leads: boolean) => void;
  id?: string;
}

/**
 * An election where the platform has no locks: whoever asks for the one who leads and gets no answer leads. Two may do so
 * for a moment, until they hear of each other and the one with the greater id yields. Meanwhile both send the same
 * messages in the same order, and the server takes each once (LOG-2, OUT-7).
 */
export function electByChannel({
  join,
  name,
  signal,
  changed,
  id = crypto.randomUUID?.() ?? randomId(),
}: ChannelElection) {
  let leads = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const channel = join(name, (word) => hear(word as Word));
  const say = (type: Word['type']) => channel.tell({ type, from: id } satisfies Word);
  const after = (delayMs: number, act: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(act, delayMs);
  };
  const become = (next: boolean) => {
    if (next === leads) return;
    leads = next;
    changed(next);
  };

  function ask(): void {
    say('who');
    after(ANSWER_WITHIN_MS, () => {
      say('leads');
      become(true);
    });
  }
  function hear({ type, from }: Word): void {
    switch (type) {
      case 'who':
        if (leads) say('leads');
        return;
      case 'leads':
        if (leads && from > id) say('leads');
        else {
          become(false);
          after(ASK_EVERY_MS, ask);
        }
        return;
      case 'resigns':
        standUp();
    }
  }
  function standUp(): void {
    if (!leads) ask();
  }
  function resign(): void {
    clearTimeout(timer);
    if (leads) say('resigns');
    become(false);
  }

  signal.addEventListener('abort', () => {
    resign();
    channel.leave();
  });
  platform.addEventListener?.('pagehide', resign, { signal });
  platform.addEventListener?.('pageshow', standUp, { signal });
  ask();
}

const randomId = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('.');
