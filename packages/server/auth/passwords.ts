import type { Random } from '@hongyan/core/ports';
import { hash, verify } from '@node-rs/argon2';
import { AuthError } from './errors.ts';

// OWASP's recommendation for argon2id, the library's default algorithm: 19 MiB, two passes, one lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A hash takes a core and 19 MiB for some 20 ms, so only this many run at once and this many wait. */
const CONCURRENCY_MAX = 2;
const QUEUE_MAX = 256;

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Whether the password is the one behind the hash. Without a hash, or with an empty one, it is not, after the same work. */
  verify(password: string, passwordHash: string | undefined): Promise<boolean>;
}

/** Passwords compare by what they look like (NFC). Rejects with AuthError `overloaded` when too many are waiting. */
export async function createPasswords(random: Random): Promise<Passwords> {
  const inTurn = createTurns(CONCURRENCY_MAX, QUEUE_MAX);
  const nobodysHash = await hash(random.bytes(32), COST);
  return {
    hash: (password) => inTurn(() => hash(password.normalize('NFC'), COST)),
    async verify(password, passwordHash) {
      const matches = await inTurn(() => verify(passwordHash || nobodysHash, password.normalize('NFC')));
      return matches && passwordHash !== undefined && passwordHash !== '';
    },
  };
}

/** Runs at most `concurrencyMax` tasks at once and lets `queueMax` wait, first come, first served. */
export function createTurns(concurrencyMax: number, queueMax: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(task: () => Promise<T>): Promise<T> => {
    if (running >= concurrencyMax) {
      if (waiting.length >= queueMax) throw new AuthError('overloaded');
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
