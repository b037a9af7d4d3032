import { openWriter } from '@hongyan/server';
import { SeededRandom } from '@hongyan/testkit/random';
import { timeOfDay } from '../story/days.ts';
import { writeStory } from '../story/write-story.ts';
import { personKeys } from '../world/people.ts';
import { rooms } from '../world/rooms.ts';
import { bringIn } from './accounts.ts';
import { openRoom } from './groups.ts';
import { read } from './reading.ts';
import { befriend, draft } from './records.ts';
import { StoryClock } from './story-clock.ts';
import { tellRoom } from './tell-room.ts';

const FOUNDED_DAYS_AGO = 31;

export interface WorldOptions {
  config: Parameters<typeof openWriter>[0];
  seed: number;
  nowMs: number;
}

/** How much there is in the world. */
export interface Filled {
  people: number;
  conversations: number;
  messages: number;
}

/** Fills an empty store with the demo world as it is at `nowMs`. Rejects with StartError when the store cannot be opened. */
export async function fillWorld({ config, seed, nowMs }: WorldOptions): Promise<Filled> {
  const random = new SeededRandom(seed, 1);
  const foundedMs = timeOfDay(nowMs, FOUNDED_DAYS_AGO, 9, 0);
  const clock = new StoryClock(foundedMs);
  await using writer = await openWriter(config, clock);
  const telling = { writer, clock };
  const accounts = await bringIn(telling, random);
  await befriend(telling, accounts);

  const story = writeStory(seed, nowMs);
  // Rooms are told side by side, so that many messages share a commit.
  const counts = await Promise.all(
    rooms.map(async (room, index) => {
      const chance = random.fork();
      const conversationId = await openRoom(telling, accounts, room);
      const said = await tellRoom(telling, accounts, { room, conversationId, nowMs, story: story[index] ?? [] });
      await clock.at(nowMs, async () => {
        await read(telling, accounts, { room, conversationId, said, random: chance });
        if (room.draft !== undefined) await draft(telling, accounts, conversationId, room.draft);
      });
      return said.length;
    }),
  );
  const messages = counts.reduce((sum, count) => sum + count, 0);
  return { people: personKeys.length + accounts.readers.length, conversations: rooms.length, messages };
}
