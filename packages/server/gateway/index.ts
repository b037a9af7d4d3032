import { Gateway, type GatewayParts } from './gateway.ts';

export type { Connection } from './connection.ts';
export type { GatewayParts } from './gateway.ts';
export { type Door, Gateway } from './gateway.ts';
export { inputClose } from './input.ts';
export { LoadShedding } from './load-shedding.ts';
export type { Polling } from './polling.ts';
export type { PresenceChannel, PresenceListener } from './presence/channel.ts';
export type { Session } from './session.ts';

export const createGateway = (parts: GatewayParts): Gateway => new Gateway(parts);
