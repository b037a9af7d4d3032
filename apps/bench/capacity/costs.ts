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

export const MEASURED: Costs = {
  direct: { gateway: 18, logic: 21, postgres: 16, nats: 5 },
  delivery: { gateway: 2.5, logic: 1, postgres: 1.1, nats: 0.4 },
  signIn: { gateway: 720, logic: 470, postgres: 600, nats: 170 },
  resume: { gateway: 400, logic: 20, postgres: 0, nats: 20 },
  connectionBytes: { gateway: 8_700, kernel: 3_000, nats: 1_100 },
  messageDiskBytes: 500,
};
