import {
  CloseCode,
  type Command,
  closeAdvice,
  codeName,
  type DeviceId,
  ErrorCode,
  errorClass,
} from '@hongyan/protocol';
import type { Checker } from './checker.ts';
import { isGroup } from './fold/readable.ts';

type Body = Command['body'];

/**
 * P9: whatever somebody sends, those who keep to the rules are never told that they do not: no command of theirs is wrong
 * or refused, no connection closed for good. What people may not do to each other is refused as the rules say.
 */
export function undisturbedChecker(): Checker {
  const asked = new Map<DeviceId, Map<string, Body>>();
  return {
    promise: 'P9',
    observe(observation, complain) {
      if (observation.kind === 'commands-sent') {
        const { deviceId, connectionId, commands } = observation;
        const bodies = asked.get(deviceId) ?? new Map<string, Body>();
        asked.set(deviceId, bodies);
        for (const { id, body } of commands) if (isOfPeople(body)) bodies.set(`${connectionId} ${id}`, body);
      } else if (observation.kind === 'device-started') asked.delete(observation.deviceId);
      if (observation.kind !== 'frames-received') return;
      const { deviceId, connectionId, frames } = observation;
      for (const { frame } of frames) {
        const body = frame?.value.body;
        if (body?.case === 'error' && errorClass(body.value.code) !== 'later') {
          const of =
            frame?.case === 'reply' ? asked.get(deviceId)?.get(`${connectionId} ${frame.value.id}`) : undefined;
          const { code, message } = body.value;
          if (rightRefusals(of).includes(code)) continue;
          complain(`${deviceId} was refused with ${codeName(ErrorCode, code)}: ${message}`);
        } else if (body?.case === 'closing' && closeAdvice(body.value.code) === 'stop') {
          complain(`${deviceId} was closed with ${codeName(CloseCode, body.value.code)}: ${body.value.reason}`);
        }
      }
    },
  };
}

const isOfPeople = (body: Body): boolean =>
  body?.case === 'sendMessage' || body?.case === 'changeConversation' || body?.case === 'setRecord';

/** What may be answered to somebody who cannot know what others have done meanwhile, or tries what they may not. */
function rightRefusals(body: Body): readonly ErrorCode[] {
  switch (body?.case) {
    case 'sendMessage':
      return isGroup(body.value.conversationId) ? [ErrorCode.FORBIDDEN, ErrorCode.MUTED] : [ErrorCode.NOT_ACCEPTED];
    case 'changeConversation': {
      const { FORBIDDEN, MUTED, NOT_FOUND, NOT_ACCEPTED, INVALID_ARGUMENT } = ErrorCode;
      const ofAll = [NOT_FOUND, NOT_ACCEPTED, FORBIDDEN];
      // Who is invited may be a member by now.
      return isGroup(body.value.conversationId) ? [...ofAll, MUTED, INVALID_ARGUMENT] : ofAll;
    }
    case 'setRecord':
      return body.value.record?.key.startsWith('friend/') ? [ErrorCode.NOT_ACCEPTED] : [];
    default:
      return [];
  }
}
