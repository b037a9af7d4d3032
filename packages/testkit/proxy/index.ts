export { type DirectionConditions, type LineConditions, line, perfectLine, type Reach } from './conditions.ts';
export type { Side } from './connection.ts';
export { FaultyProxy, type ProxyTarget } from './proxy.ts';
export { type Phase, play } from './schedule.ts';
