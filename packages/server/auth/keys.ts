import { hkdfSync } from 'node:crypto';
import type { Random, SecretStore } from '@hongyan/core/ports';

const SECRET_BYTES = 32;
const SECRET_NAME = 'tokens';

/** What tokens and tickets are made with. Whoever has them can speak for every account. */
export interface Keys {
  access: Uint8Array;
  refresh: Uint8Array;
  /** Of tickets, which keep a place in the line for a gateway. */
  ticket: Uint8Array;
}

/** The keys that follow from one secret; each use has a key of its own. */
export function deriveKeys(secret: Uint8Array): Keys {
  const derive = (use: string) => new Uint8Array(hkdfSync('sha256', secret, '', `hongyan ${use}`, 32));
  return { access: derive('access token'), refresh: derive('refresh token'), ticket: derive('ticket') };
}

/** The keys of all nodes on this store; the first one that starts makes their secret. Rejects with StoreError. */
export async function loadKeys(secrets: SecretStore, random: Random): Promise<Keys> {
  const secret = await secrets.keep(SECRET_NAME, random.bytes(SECRET_BYTES));
  if (secret.length !== SECRET_BYTES) {
    throw new Error(`the store's secret "${SECRET_NAME}" must have ${SECRET_BYTES} bytes, not ${secret.length}`);
  }
  return deriveKeys(secret);
}
