import type { Command, DeviceId, Push, Reply, ServerFrame } from '@hongyan/protocol';
import type { Checker, Complain, OwnerOf } from './checker.ts';

/** A session as its device sees it, over all its connections. */
interface Session {
  sessionId: string;
  /** The node that has it; undefined: there is one. */
  gateway: string | undefined;
  /** What the bus brought for it and the device has not been told, with when that was. */
  untold: Map<string, number>;
}

/** What was said on a device's present connection. */
interface Talk {
  session: Session | undefined;
  /** When the commands were sent that are not answered yet. */
  sentAt: Map<number, number>;
  /** Hello until `Synced`, Synchronise until its answer: live pushes may wait so long (SYN-10). */
  catchingUp: Set<number>;
  helloId: number;
  /** Entries brought since Hello: a new session tells of them, live or in its backlog. */
  early: Map<string, number>;
}

/** Names an entry or an event; other pushes may be left out, as their later ones say more. */
function nameOf(push: Push): string | undefined {
  switch (push.body?.case) {
    case 'entry':
      return `${push.body.value.conversationId}/${push.body.value.seq}`;
    case 'userEvent':
      return `event ${push.body.value.seq}`;
    default:
      return undefined;
  }
}

/**
 * P4: a session tells its device everything that the bus brings for it, also what came while it was brought up to date or
 * had no connection (SES-11, SYN-10): before it answers what was asked later.
 */
export function pushesChecker(ownerOf: OwnerOf): Checker {
  const talks = new Map<DeviceId, Talk>();
  /** What a device has it need not be told, though it may have got it before its crash. */
  const held = new Set<string>();
  const stores = new Map<DeviceId, DeviceId>();
  /** Where each device's last connection is. */
  const gateways = new Map<DeviceId, string>();
  let brought = 0;

  const sent = (deviceId: DeviceId, commands: readonly Command[]): void => {
    for (const { id, body } of commands) {
      if (body?.case === 'hello') {
        const session = talks.get(deviceId)?.session;
        talks.set(deviceId, { session, sentAt: new Map(), catchingUp: new Set(), helloId: id, early: new Map() });
      }
      const talk = talks.get(deviceId);
      talk?.sentAt.set(id, brought);
      if (body?.case === 'hello' || body?.case === 'synchronise') talk?.catchingUp.add(id);
    }
  };

  const answered = (deviceId: DeviceId, talk: Talk, { id, body }: Reply): number => {
    const at = talk.sentAt.get(id) ?? 0;
    talk.sentAt.delete(id);
    if (body?.case === 'welcome') {
      const { sessionId, resumed } = body.value;
      if (!resumed || talk.session?.sessionId !== sessionId) {
        talk.session = { sessionId, gateway: gateways.get(deviceId), untold: talk.early };
      }
    } else talk.catchingUp.delete(id);
    return talk.catchingUp.size > 0 ? 0 : at;
  };

  const pushed = (talk: Talk, push: Push): void => {
    const name = nameOf(push);
    if (name !== undefined) talk.session?.untold.delete(name);
    if (push.body?.case === 'conversationUpdate' && push.body.value.state !== undefined) {
      const { conversationId, lastSeq } = push.body.value.state;
      for (const told of talk.session?.untold.keys() ?? []) {
        const [where, seq] = told.split('/');
        if (where === conversationId && Number(seq) <= lastSeq) talk.session?.untold.delete(told);
      }
    }
    if (push.body?.case === 'synced') talk.catchingUp.delete(talk.helloId);
  };

  const heard = (deviceId: DeviceId, { frame }: ServerFrame, complain: Complain): void => {
    const talk = talks.get(deviceId);
    if (talk === undefined || frame === undefined) return;
    if (frame.case === 'push') {
      pushed(talk, frame.value);
      return;
    }
    const toldUntil = answered(deviceId, talk, frame.value);
    for (const [name, at] of talk.session?.untold ?? []) {
      if (at > toldUntil) continue;
      talk.session?.untold.delete(name);
      complain(`${deviceId} was not told of ${name} in session ${talk.session?.sessionId}`);
    }
  };

  return {
    promise: 'P4',
    observe(observation, complain) {
      switch (observation.kind) {
        case 'device-started':
          stores.set(observation.deviceId, observation.storeId ?? observation.deviceId);
          return;
        case 'accepted':
          gateways.set(observation.deviceId, observation.gateway);
          return;
        case 'device-crashed':
          talks.delete(observation.deviceId);
          return;
        case 'carried': {
          const { gateway, userId, exceptSessionId, push } = observation;
          const name = nameOf(push);
          if (name === undefined) return;
          brought += 1;
          for (const [deviceId, { session, early, sentAt, helloId }] of talks) {
            if (ownerOf(deviceId) !== userId) continue;
            const isBrought = (session?.gateway ?? gateway) === gateway && exceptSessionId !== session?.sessionId;
            if (isBrought) session?.untold.set(name, brought);
            if ((gateways.get(deviceId) ?? gateway) !== gateway) continue;
            const isNews = push.body?.case === 'entry' && !held.has(`${stores.get(deviceId)} ${name}`);
            if (sentAt.has(helloId) && isNews) early.set(name, brought);
          }
          return;
        }
        case 'held': {
          const { conversationId, entries } = observation;
          const deviceId = observation.tabId ?? observation.deviceId;
          for (const { seq } of entries) {
            const name = `${conversationId}/${seq}`;
            held.add(`${observation.deviceId} ${name}`);
            talks.get(deviceId)?.session?.untold.delete(name);
          }
          return;
        }
        case 'commands-sent':
          sent(observation.deviceId, observation.commands);
          return;
        case 'frames-received':
          for (const frame of observation.frames) heard(observation.deviceId, frame, complain);
          return;
        default:
      }
    },
  };
}
