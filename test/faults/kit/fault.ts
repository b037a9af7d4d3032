/** What may happen to a world. Resolves when it is over; how the world bears it is seen later. */
export type Fault<W> = readonly [name: string, inflict: (world: W) => Promise<void>];
