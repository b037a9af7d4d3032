import type { Command, DeviceId, Push, ServerFrame } from '@hongyan/protocol';
import type { Checker, Complain } from './checker.ts';

type Kind = NonNullable<Push['body']>['case'];

/** What brings entries, events and records, and what is said of other differences. */
const NEWS: ReadonlySet<Kind> = new Set<Kind>(['entry', 'userEvent', 'records']);
const DIFFERENCES: ReadonlySet<Kind> = new Set<Kind>(['conversationUpdate', 'positionsWanted']);

/**
 * LIVENESS: when faults have stopped, the system comes to rest: nobody says anything but signs of life, and every device
 * finds, when it compares, that it holds what the account has (SES-14). Who holds everything is brought nothing of it when it
 * comes back (SYN-1, SYN-9).
 */
export function restChecker(): Checker {
  /** Who found so since somebody last said anything else. */
  const atRest = new Set<DeviceId>();
  const comparing = new Set<string>();
  let complete: 'entries' | 'everything' | undefined;

  const sent = (where: string, { id, body }: Command): void => {
    if (body?.case !== 'ping') atRest.clear();
    else if (body.value.compare) comparing.add(`${where} ${id}`);
  };

  const pushed = (deviceId: DeviceId, { body }: Push, complain: Complain): void => {
    atRest.clear();
    if (complete === undefined || body === undefined) return;
    const bringsEntries = body.case === 'conversationUpdate' && body.value.entries.length > 0;
    const isNeedless =
      NEWS.has(body.case) || bringsEntries || (complete === 'everything' && DIFFERENCES.has(body.case));
    if (isNeedless) complain(`${deviceId} holds everything, and was told ${body.case}`);
  };

  const heard = (deviceId: DeviceId, where: string, { frame }: ServerFrame, complain: Complain): void => {
    if (frame?.case === 'push') pushed(deviceId, frame.value, complain);
    if (frame?.case !== 'reply' || frame.value.body?.case !== 'pong') return;
    if (!comparing.delete(`${where} ${frame.value.id}`)) return;
    if (frame.value.body.value.differs) atRest.clear();
    else atRest.add(deviceId);
  };

  return {
    promise: 'LIVENESS',
    observe(observation, complain) {
      switch (observation.kind) {
        case 'complete':
          complete = observation.all;
          return;
        case 'device-started':
          atRest.clear();
          for (const what of comparing) if (what.startsWith(`${observation.deviceId} `)) comparing.delete(what);
          return;
        case 'commands-sent': {
          const { deviceId, connectionId, commands } = observation;
          for (const command of commands) sent(`${deviceId} ${connectionId}`, command);
          return;
        }
        case 'frames-received': {
          const { deviceId, connectionId, frames } = observation;
          for (const frame of frames) heard(deviceId, `${deviceId} ${connectionId}`, frame, complain);
          return;
        }
        default:
      }
    },
    restless: ({ devices }) =>
      devices
        .filter(({ deviceId }) => !atRest.has(deviceId))
        .map(({ deviceId }) => `${deviceId} does not come to rest`),
  };
}
