import type { Bus } from '@hongyan/core';
import { encodePush, type Push, type UserId } from '@hongyan/protocol';

/** Encodes a push once and publishes it to accounts; `exceptSessionId` already knows. */
export function publishPush(
  bus: Bus,
  userIds: readonly UserId[],
  body: NonNullable<Push['body']>,
  exceptSessionId: string,
): void {
  bus.publishToAll(userIds, { frame: encodePush(body), exceptSessionId });
}
