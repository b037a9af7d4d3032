export type { Allocations } from './allocations.ts';
export { allocationsAlone } from './alone.ts';
export { AllocationDesk } from './desk.ts';
