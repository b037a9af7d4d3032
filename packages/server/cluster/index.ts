export { Announcer } from './announcer.ts';
export { BrokerBus } from './broker-bus.ts';
export { shareRevocations } from './revocations.ts';
export { type KnownNode, Roster } from './roster.ts';
export { Subjects } from './subjects.ts';
