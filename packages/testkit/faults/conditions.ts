/** What the world does to a run at the moment. Parts read it at every step, so that faults can begin and stop. */
export interface Conditions {
  network: NetworkConditions;
  bus: BusConditions;
  broker: BrokerConditions;
  store: StoreConditions;
  disk: DiskConditions;
}

/** Connections keep their bytes in order, as TCP does; they are slow, arrive in pieces, and are cut from outside. */
export interface NetworkConditions {
  latencyMsMax: number;
  /** How often a delivery waits much longer, and how long at most. */
  spikeChance: number;
  spikeMsMax: number;
  /** How often one write arrives in two pieces, apart from each other. */
  splitChance: number;
  /** How often a new connection is refused. */
  refuseChance: number;
  /** How much a connection carries in each direction. */
  bytesPerSecond: number;
}

/** Pushes are a hint: they may be lost, doubled and late, and so overtake each other. */
export interface BusConditions {
  dropChance: number;
  duplicateChance: number;
  delayChance: number;
  delayMsMax: number;
}

/** What carries messages between nodes. */
export interface BrokerConditions {
  latencyMsMax: number;
}

export interface StoreConditions {
  /** How long a commit takes at most. */
  commitMsMax: number;
  readMsMax: number;
  /** How often a call fails without having done anything. */
  failChance: number;
  /** How often a write is committed and reported as failed: in doubt for the caller. */
  inDoubtChance: number;
  /** How often a call and all behind it wait, and how long at most. */
  stallChance: number;
  stallMsMax: number;
}

/** The disks of devices. */
export interface DiskConditions {
  writeMsMax: number;
  failChance: number;
  /** What was written and not yet confirmed may be gone after a crash; else it is there. */
  forgets: boolean;
}

/** A good day: things take time, and nothing fails. */
export const calm = (): Conditions => ({
  network: {
    latencyMsMax: 20,
    spikeChance: 0,
    spikeMsMax: 0,
    splitChance: 0,
    refuseChance: 0,
    bytesPerSecond: 1_000_000,
  },
  bus: { dropChance: 0, duplicateChance: 0, delayChance: 0, delayMsMax: 0 },
  broker: { latencyMsMax: 2 },
  store: { commitMsMax: 3, readMsMax: 1, failChance: 0, inDoubtChance: 0, stallChance: 0, stallMsMax: 0 },
  disk: { writeMsMax: 2, failChance: 0, forgets: false },
});
