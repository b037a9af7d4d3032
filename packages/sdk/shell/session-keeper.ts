import type { OutboxRecord } from '../engine/types.ts';
import type { Rest } from '../rest.ts';
import { requireSession } from '../stores/ownership.ts';
import type { ClientStore, KeptGateways, SessionRecord } from '../stores/store.ts';
import { type Me, SdkError } from '../types.ts';
import { platform } from './platform.ts';

/** An access token with less life than this is renewed before it is used. */
const LIFE_LEFT_MIN_MS = 60_000;
const LOCK = 'hongyan-session';
/** How long another tab may take to renew the session, its request included. */
const LOCK_WITHIN_MS = 20_000;

/** The signed-in session: keeps it, renews it, and shares it with other tabs through the store. */
export class SessionKeeper {
  readonly #rest: Rest;
  readonly #store: ClientStore;
  #session: SessionRecord | undefined;
  #renewing: Promise<void> | undefined;

  constructor(rest: Rest, store: ClientStore) {
    this.#rest = rest;
    this.#store = store;
  }

  get me(): Me | undefined {
    return this.#session?.me;
  }

  /** Where the server said to connect, since somebody signed in here. */
  get gateways(): KeptGateways | undefined {
    return this.#session?.gateways;
  }

  /** Known from now on. Rejects with SdkError when a restart will not know it. */
  async keepGateways(gateways: KeptGateways): Promise<void> {
    this.#session = { ...this.#required(), gateways };
    await this.#replace({ ...(await this.#stored()), gateways });
  }

  /** Takes what the store already has. */
  restore(session: SessionRecord): void {
    this.#session = session;
  }

  /** Somebody signs in, once the store has it. Gives what they have left in the outbox. */
  async begin(session: SessionRecord): Promise<OutboxRecord[]> {
    const outbox = await fromStore(this.#store.begin(session));
    this.#session = session;
    return outbox;
  }

  /** Another tab may have renewed the tokens, so the store's are the ones to keep. */
  async updateMe(changes: { displayName: string; statusLine: string }): Promise<Me> {
    const current = await this.#stored();
    const me = { ...current.me, ...changes };
    await this.#replace({ ...current, me });
    return me;
  }

  forget(): void {
    this.#session = undefined;
  }

  /** A token that is good for a while. Rejects with SdkError: `signed-out` when the session is over. */
  async accessToken(): Promise<string> {
    if (!isFresh(this.#required())) await this.renew();
    return this.#required().accessToken;
  }

  /** Gets a new token. Whoever asks meanwhile shares the answer. */
  renew(): Promise<void> {
    this.#renewing ??= exclusively(() => this.#renew()).finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  /** Refresh tokens rotate: another tab may have used this one, then its session is in the store. */
  async #renew(): Promise<void> {
    const { accessToken } = this.#required();
    const current = await this.#stored();
    if (current.accessToken !== accessToken && isFresh(current)) this.#session = current;
    else {
      const renewed = await this.#rest.refresh(current.refreshToken);
      if (this.#session?.me.deviceId === current.me.deviceId) {
        await this.#replace({ ...renewed, ...(this.gateways && { gateways: this.gateways }) });
      }
    }
  }

  /** The session as the store has it. */
  async #stored(): Promise<SessionRecord> {
    const session = await fromStore(this.#store.session());
    return requireSession(session, this.#required().me.deviceId);
  }

  /** Counts at once: after the wait for the store, somebody may have signed out. */
  async #replace(session: SessionRecord): Promise<void> {
    this.#session = session;
    await fromStore(this.#store.saveSession(session));
  }

  #required(): SessionRecord {
    if (!this.#session) throw new SdkError('signed-out', 'nobody is signed in');
    return this.#session;
  }
}

const isFresh = (session: SessionRecord) => session.accessTokenExpiresAtMs - Date.now() > LIFE_LEFT_MIN_MS;

/** Rejects with SdkError. */
function fromStore<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((cause: unknown) => {
    throw cause instanceof SdkError ? cause : new SdkError('store', 'the session cannot be read or kept', { cause });
  });
}

/** One tab at a time, where the platform knows how. Rejects with SdkError, as `work` does. */
async function exclusively(work: () => Promise<void>): Promise<void> {
  const locks = platform.navigator?.locks;
  if (!locks || !platform.document) return work();
  await locks.request(LOCK, { signal: AbortSignal.timeout(LOCK_WITHIN_MS) }, work).catch((cause: unknown) => {
    throw cause instanceof SdkError ? cause : new SdkError('network', 'another tab keeps the session', { cause });
  });
}
