export type { PromiseId, Violation } from './checkers/index.ts';
export { SeededRandom } from './random/seeded-random.ts';
export type { Sabotage } from './system/sabotage.ts';
export { type SimulationResult, simulate } from './system/simulate.ts';
export { VirtualClock } from './time/virtual-clock.ts';
