import { timeOfDay } from '../story/days.ts';
import type { StoryEvent } from '../story/event.ts';
import type { Room } from '../world/rooms.ts';
import type { Accounts } from './accounts.ts';
import { announce } from './groups.ts';
import type { Telling } from './story-clock.ts';
import { type Said, tell } from './tell.ts';

const ANNOUNCED_DAYS_AGO = 3;

export interface RoomStory {
  room: Room;
  conversationId: string;
  story: readonly StoryEvent[];
  nowMs: number;
}

/** Tells what happened in one room, and answers the messages. */
export async function tellRoom(telling: Telling, accounts: Accounts, told: RoomStory): Promise<Said[]> {
  const { room, conversationId, story, nowMs } = told;
  const announcedMs = timeOfDay(nowMs, ANNOUNCED_DAYS_AGO, 9, 0);
  const said: Said[] = [];
  const tellAll = async (events: readonly StoryEvent[]) => {
    for (const event of events) {
      await telling.clock.at(event.atMs, () => tell(telling, accounts, { conversationId, said }, event));
    }
  };
  await tellAll(story.filter(({ atMs }) => atMs <= announcedMs));
  if (room.kind === 'group') {
    await telling.clock.at(announcedMs, () => announce(telling, accounts, room, conversationId));
  }
  await tellAll(story.filter(({ atMs }) => atMs > announcedMs));
  return said;
}
