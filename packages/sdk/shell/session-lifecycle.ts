import type { EngineEvent, EngineSnapshot } from '../engine/types.ts';
import type { Rest } from '../rest.ts';
import type { Leaving } from '../stores/ownership.ts';
import type { ClientStore, SessionRecord } from '../stores/store.ts';
import { type Me, SdkError, type SessionEnd } from '../types.ts';
import { asRejection } from './errors.ts';
import type { Events } from './events.ts';
import type { People } from './people.ts';
import type { SessionKeeper } from './session-keeper.ts';
import type { Tabs } from './tabs.ts';

const UNKNOWN_END: SessionEnd = { reason: 'unknown', deviceName: '' };
const EMPTY: EngineSnapshot = { userSeq: 0, conversations: [], outbox: [], records: [] };

export interface SessionLifecycleParts {
  rest: Rest;
  store: ClientStore;
  sessions: SessionKeeper;
  people: People;
  tabs: Tabs;
  events: Events;
  dispatch: (event: EngineEvent) => void;
  /** Whoever waits for something of this session waits no more. */
  abandon: (reason: string) => void;
}

/** How a session begins, from the store or by signing in, and how it ends: by the person, the server, or another window. */
export class SessionLifecycle {
  readonly #parts: SessionLifecycleParts;

  constructor(parts: SessionLifecycleParts) {
    this.#parts = parts;
  }

  /** Goes on with the session that the store has, if any. Rejects with SdkError. */
  async restore(): Promise<Me | undefined> {
    const { store, sessions, people } = this.#parts;
    if (sessions.me) return sessions.me;
    const snapshot = await store.load().catch(asRejection);
    if (!snapshot) return undefined;
    const { me } = snapshot.session;
    sessions.restore(snapshot.session);
    people.restore([...snapshot.people.filter(({ userId }) => userId !== me.userId), me]);
    return this.#begin(me, snapshot);
  }

  /** What the server gave to somebody who signed in. Whoever was signed in before is signed out. Rejects with SdkError. */
  async enter(session: SessionRecord): Promise<Me> {
    const { sessions, people } = this.#parts;
    if (sessions.me) await this.signOut();
    const outbox = await sessions.begin(session);
    people.learn([session.me]);
    return this.#begin(session.me, { ...EMPTY, outbox });
  }

  /** By the person here. Rejects with SdkError when the store does not forget. */
  async signOut(): Promise<void> {
    const { rest, sessions, events, dispatch } = this.#parts;
    if (!sessions.me) return;
    try {
      await rest.signOut(await sessions.accessToken());
    } catch (error) {
      // What the device holds is erased in any case; the server's session ends with its refresh token.
      events.failed(error);
    }
    dispatch({ type: 'signedOut' });
    await this.#forget('signed out', 'nothing');
  }

  /** It ended without the person here: by the server, which may say why, or in another window. */
  ended(leaving: Leaving, end: SessionEnd | undefined): void {
    const { events, dispatch } = this.#parts;
    dispatch({ type: 'signedOut' });
    const isByServer = leaving === 'outbox' && this.#parts.sessions.me !== undefined;
    if (isByServer) events.failed(new SdkError('signed-out', 'the session of this device has ended', { end }));
    this.#forget('the session ended', leaving, end).catch((error: unknown) => events.failed(error));
    if (isByServer) events.emit('sessionEnded', end ?? UNKNOWN_END);
  }

  /** This client has nothing to do with it any more; it goes on in the store. */
  release(reason: string): void {
    this.#parts.tabs.end();
    this.#parts.people.clear();
    this.#parts.abandon(reason);
  }

  #begin(me: Me, snapshot: EngineSnapshot): Me {
    const { tabs, events, dispatch } = this.#parts;
    const { userId, deviceId } = me;
    dispatch({ type: 'signedIn', account: { userId, deviceId }, snapshot });
    tabs.begin(deviceId);
    events.emit('me', me);
    events.listChanged();
    return me;
  }

  /** OUT-10: other clients on the store hear of it and do the same. */
  async #forget(reason: string, leaving: Leaving, end?: SessionEnd): Promise<void> {
    const { store, sessions, tabs, events } = this.#parts;
    const { me } = sessions;
    if (!me) return;
    tabs.tell({ type: 'signedOut', leaving, end });
    this.release(reason);
    sessions.forget();
    events.emit('me', undefined);
    events.listChanged();
    await store.end(me.deviceId, leaving).catch(asRejection);
  }
}
