/** Above this part of its time a generator is itself what limits the result. */
const SATURATED_UTILIZATION = 0.95;

/** Whether a generator that was busy for such a share of its time, 0 to 1, was the bottleneck. */
export const isSaturated = (utilization: number): boolean => utilization > SATURATED_UTILIZATION;
