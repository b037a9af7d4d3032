import { SeededRandom } from '@hongyan/testkit/random';
import { people } from '../world/people.ts';
import { type Room, rooms } from '../world/rooms.ts';
import { type Casting, canPlay, cast, speakersOf } from './casting.ts';
import { readSlots, recent, topic } from './content.ts';
import { beginMs, sceneTimes } from './days.ts';
import type { StoryEvent } from './event.ts';
import { fillIn } from './fill-in.ts';
import { play } from './play.ts';
import type { Scene } from './script.ts';

const BETWEEN_SCENES_MS = 120_000;
/** Without a script of its own, a room's last scene is at least this old. */
const QUIET_MS = 20 * 3_600_000;

/** For each of `rooms` what happened up to `nowMs`, in order; the same for the same seed. */
export function writeStory(seed: number, nowMs: number): StoryEvent[][] {
  const random = new SeededRandom(seed);
  const slots = readSlots();
  return rooms.map((room) => writeRoom(room, { random: random.fork(), slots, nowMs }));
}

interface Writing {
  random: SeededRandom;
  slots: ReadonlyMap<string, readonly string[]>;
  nowMs: number;
}

function writeRoom(room: Room, { random, slots, nowMs }: Writing): StoryEvent[] {
  const speakers = speakersOf(room);
  const events: StoryEvent[] = [];
  let saidBefore = 0;
  const add = (scene: Scene, startMs: number): void => {
    const casting = cast(speakers, random);
    const fill = fillIn({ slots, random, nameOf: (name) => givenName(casting, name) });
    const earliestMs = (events.at(-1)?.atMs ?? 0) + BETWEEN_SCENES_MS;
    events.push(...play(scene, Math.max(startMs, earliestMs), { casting, fill, random, saidBefore }));
    saidBefore += scene.steps.filter(({ kind }) => kind === 'say').length;
  };

  const last = room.recent === undefined ? [] : recent(room.recent);
  const [first] = last;
  const untilMs = (first?.begin === undefined ? nowMs : beginMs(first.begin, nowMs)) - QUIET_MS;
  const scenes = room.topics.flatMap(topic).filter((scene) => canPlay(scene, speakers));
  const next = withoutRepeats(scenes, random);
  for (const atMs of sceneTimes(room, { nowMs, untilMs, random })) {
    const scene = next();
    if (scene !== undefined) add(scene, atMs);
  }
  for (const scene of last) if (scene.begin !== undefined) add(scene, beginMs(scene.begin, nowMs));
  return events;
}

/** `{b}` in a script is who plays b. */
function givenName(casting: Casting, part: string): string | undefined {
  return /^[a-d]$/.test(part) ? people[casting(part)].displayName.split(' ')[0] : undefined;
}

/** One after another in an order of chance; each comes again only after all others. */
function withoutRepeats<T>(items: readonly T[], random: SeededRandom): () => T | undefined {
  let left: T[] = [];
  return () => {
    if (left.length === 0) left = [...items];
    return left.splice(random.between(0, left.length - 1), 1)[0];
  };
}
