export { Announcer } from './announcer.ts';
export { BrokerBus } from './broker-bus.ts';
export { createPresenceChannel, tellSightChanged } from './presence-channel.ts';
export { REMEMBERED_MS_MAX, type Revoke, shareRevocations } from './revocations.ts';
export { type KnownNode, Roster } from './roster.ts';
export { Subjects } from './subjects.ts';
