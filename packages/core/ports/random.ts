/** Randomness; seeded in the simulator, cryptographic in the server. */
export interface Random {
  bytes(count: number): Uint8Array;
}
