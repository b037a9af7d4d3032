import type { SeededRandom } from '@hongyan/testkit/random';
import type { Casting } from './casting.ts';
import type { StoryEvent } from './event.ts';
import type { Scene } from './script.ts';

/** How long somebody takes for an answer, in seconds. */
const PAUSE_S = { min: 12, max: 70 };
const REACTION_PAUSE_S = { min: 2, max: 9 };

export interface Stage {
  casting: Casting;
  /** What is put for names in braces. */
  fill: (text: string) => string;
  random: SeededRandom;
  /** How many messages were said in the room before. */
  saidBefore: number;
}

/** What happens in a scene, in order. */
export function play({ steps }: Scene, startMs: number, stage: Stage): StoryEvent[] {
  const { casting, fill, random, saidBefore } = stage;
  const events: StoryEvent[] = [];
  let atMs = startMs;
  const add = (part: string, deed: StoryEvent['deed']) => events.push({ atMs, who: casting(part), deed });
  const pause = ({ min, max }: typeof PAUSE_S) => {
    if (events.length > 0) atMs += random.between(min * 1000, max * 1000);
  };
  const saidIn = (line: number) => saidBefore + line - 1;
  for (const step of steps) {
    switch (step.kind) {
      case 'say': {
        pause(PAUSE_S);
        const replyTo = step.replyTo === undefined ? undefined : saidIn(step.replyTo);
        add(step.who, { kind: 'say', text: fill(step.text), replyTo });
        break;
      }
      case 'edit':
        pause(REACTION_PAUSE_S);
        add(step.who, { kind: 'edit', said: saidIn(step.line), text: fill(step.text) });
        break;
      case 'recall':
      case 'pin':
        pause(REACTION_PAUSE_S);
        add(step.who, { kind: step.kind, said: saidIn(step.line) });
        break;
      case 'react':
        for (const who of step.who) {
          pause(REACTION_PAUSE_S);
          add(who, { kind: 'react', said: saidIn(step.line), emoji: step.emoji });
        }
        break;
    }
  }
  return events;
}
