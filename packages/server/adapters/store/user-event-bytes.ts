import { decodeServerFrame, encodePush, type UserEvent } from '@hongyan/protocol';

/** A user event is kept as the frame that pushes it, so its stored form is part of the schema. */
export function encodeUserEvent(event: UserEvent): Uint8Array {
  return encodePush({ case: 'userEvent', value: event });
}

export function decodeUserEvent(bytes: Uint8Array): UserEvent {
  const { frame } = decodeServerFrame(bytes);
  if (frame?.case !== 'push' || frame.value.body?.case !== 'userEvent') throw new TypeError('not a stored user event');
  return frame.value.body.value;
}
