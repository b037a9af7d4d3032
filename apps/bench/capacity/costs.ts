/** What things cost, measured on one machine (docs/performance.md): CPU in microseconds of one core, memory and disk in bytes. */
export interface Costs {
  /** Of a message between two people, from its sender's command to both receipts, on a system that has much to do. */
  direct: Parts;
  /** Of a message in a group, for each member that gets it at once. */
  delivery: Parts;
  /** Of somebody whose session is gone. */
  signIn: Parts;
  /** Of somebody who goes on with a session (SES-11). */
  resume: Parts;
  connectionBytes: { gateway: number; kernel: number; nats: number };
  /** Of a message with a hundred bytes of text, its indexes and its sender's claim included. */
  messageDiskBytes: number;
}

export interface Parts {
  gateway: number;
  logic: number;
  postgres: number;
  nats: number;
}

/** By the results in docs/measured that are named. */
export const MEASURED: Costs = {
  /** direct-apart */
  direct: { gateway: 17, logic: 21, postgres: 16, nats: 4.5 },
  /** big-group-apart, where each delivery is a write of its own; with shared writes a sixth of it (group-apart) */
  delivery: { gateway: 16, logic: 2.7, postgres: 1.1, nats: 1.2 },
  /** crowd */
  signIn: { gateway: 970, logic: 350, postgres: 360, nats: 100 },
  /** storm-cut-cluster */
  resume: { gateway: 420, logic: 130, postgres: 130, nats: 50 },
  /** crowd; of the kernel half, as both ends were on one machine, and of NATS idle-cluster */
  connectionBytes: { gateway: 10_100, kernel: 3_100, nats: 1_300 },
  messageDiskBytes: 600,
};
