import { RefreshRefused, type Rest } from '../rest.ts';
import type { ClientStore, SessionRecord } from '../stores/store.ts';
import { type Me, SdkError } from '../types.ts';
import { platform } from './platform.ts';

/** An access token with less life than this is renewed before it is used. */
const LIFE_LEFT_MIN_MS = 60_000;
const LOCK = 'hongyan-session';

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

  /** Takes what the store already has. */
  restore(session: SessionRecord): void {
    this.#session = session;
  }

  /** Somebody signed in; not before the store has it. */
  async save(session: SessionRecord): Promise<void> {
    await this.#keep(session);
    this.#session = session;
  }

  /** Another tab may have renewed the tokens, so the store's are the ones to keep. */
  async updateMe(changes: { displayName: string; statusLine: string }): Promise<Me> {
    const stored = await this.#store.session().catch((cause: unknown) => {
      throw new SdkError('store', 'the session could not be read', { cause });
    });
    if (this.#required().me.deviceId !== stored?.me.deviceId) {
      throw new SdkError('signed-out', 'this device was signed out');
    }
    const me = { ...stored.me, ...changes };
    await this.#replace({ ...stored, me });
    return me;
  }

  forget(): void {
    this.#session = undefined;
  }

  /** A token that is good for a while. Rejects with RefreshRefused or SdkError. */
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
    const current = this.#required();
    const stored = await this.#store.session();
    if (!stored) throw new RefreshRefused('this device was signed out');
    if (stored.accessToken !== current.accessToken && isFresh(stored)) this.#session = stored;
    else {
      const renewed = await this.#rest.refresh(stored.refreshToken);
      if (this.#session?.me.deviceId === current.me.deviceId) await this.#replace(renewed);
    }
  }

  /** Counts at once: after the wait for the store, somebody may have signed out. */
  async #replace(session: SessionRecord): Promise<void> {
    this.#session = session;
    await this.#keep(session);
  }

  async #keep(session: SessionRecord): Promise<void> {
    await this.#store.saveSession(session).catch((cause: unknown) => {
      throw new SdkError('store', 'the session could not be stored', { cause });
    });
  }

  #required(): SessionRecord {
    if (!this.#session) throw new SdkError('signed-out', 'nobody is signed in');
    return this.#session;
  }
}

const isFresh = (session: SessionRecord) => session.accessTokenExpiresAtMs - Date.now() > LIFE_LEFT_MIN_MS;

/** One tab at a time, where the platform knows how. */
async function exclusively(work: () => Promise<void>): Promise<void> {
  const locks = platform.navigator?.locks;
  if (locks && platform.document) await locks.request(LOCK, work);
  else await work();
}
