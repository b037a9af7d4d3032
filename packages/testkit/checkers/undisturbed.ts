import { CloseCode, closeAdvice, codeName, ErrorCode, errorClass } from '@hongyan/protocol';
import type { Checker } from './checker.ts';

/**
 * P9: whatever somebody sends, those who keep to the rules are never told that they do not: no command of theirs is wrong
 * or refused, no connection closed for good.
 */
export function undisturbedChecker(): Checker {
  return {
    promise: 'P9',
    observe(observation, complain) {
      if (observation.kind !== 'frames-received') return;
      const { deviceId, frames } = observation;
      for (const { frame } of frames) {
        const body = frame?.value.body;
        if (body?.case === 'error' && errorClass(body.value.code) !== 'later') {
          complain(`${deviceId} was refused with ${codeName(ErrorCode, body.value.code)}: ${body.value.message}`);
        } else if (body?.case === 'closing' && closeAdvice(body.value.code) === 'stop') {
          complain(`${deviceId} was closed with ${codeName(CloseCode, body.value.code)}: ${body.value.reason}`);
        }
      }
    },
  };
}
