import { type Appended, type ConversationHead, type LogStore, type Store, StoreError } from '@hongyan/core';
import { overriding } from './overriding.ts';

const withLog = (store: Store, log: Partial<LogStore>): Store => overriding(store, { log: overriding(store.log, log) });

/** Answers an append with the place it will probably get, and commits behind the caller's back. */
export function acknowledgeBeforeCommit(store: Store): Store {
  const promised = new Map<string, number>();
  const answers = new Map<string, number>();
  return withLog(store, {
    async append(request): Promise<Appended> {
      const { conversationId, clientMessageId, serverTimeMs } = request;
      const lastSeq = (await store.log.head(conversationId))?.lastSeq ?? 0;
      const known = answers.get(clientMessageId);
      const seq = known ?? Math.max(lastSeq, promised.get(conversationId) ?? 0) + 1;
      if (known === undefined) promised.set(conversationId, seq);
      answers.set(clientMessageId, seq);
      store.log.append(request).catch(() => undefined);
      return { conversationId, seq, serverTimeMs, duplicate: known !== undefined, joined: [] };
    },
  });
}

/** Appends under the name that `rename` gives, so that the log below does not know what it had before. */
function renamed(store: Store, rename: (clientMessageId: string, timeMs: number) => string): Store {
  const original = (id: string) => id.replace(/#.*/, '');
  return withLog(store, {
    append: (request) =>
      store.log.append({ ...request, clientMessageId: rename(request.clientMessageId, request.serverTimeMs) }),
    async read(query) {
      const entries = await store.log.read(query);
      return entries.map((entry) => ({ ...entry, clientMessageId: original(entry.clientMessageId) }));
    },
  });
}

/** Appends every attempt as if it were the first. */
export function forgetAppended(store: Store): Store {
  let attempts = 0;
  return renamed(store, (id) => `${id}#${++attempts}`);
}

const REMEMBERED_MS = 2_000;

/** Knows a retry for one as long as it comes soon. */
export function forgetAppendedAfterAWhile(store: Store): Store {
  const firstMs = new Map<string, number>();
  return renamed(store, (id, timeMs) => {
    const sinceMs = timeMs - (firstMs.get(id) ?? timeMs);
    if (!firstMs.has(id) || sinceMs > REMEMBERED_MS) firstMs.set(id, timeMs);
    return `${id}#${firstMs.get(id)}`;
  });
}

/** Knows of each message what the process knew: after a restart, nothing. Made anew for each life of the process. */
export const forgetAppendedInRestart = () => {
  let lives = 0;
  return (store: Store): Store => {
    const life = ++lives;
    return renamed(store, (id) => `${id}#${life}`);
  };
};

/** Gives every reader an entry of its own. */
export function alterEntries(store: Store): Store {
  let reads = 0;
  return withLog(store, {
    async read(query) {
      reads += 1;
      return (await store.log.read(query)).map((entry) => ({ ...entry, clientTimeMs: entry.clientTimeMs + reads }));
    },
  });
}

/** Begins a page of what lies before an entry with the oldest one there is. */
export const readOldestFirst = (store: Store): Store =>
  withLog(store, {
    read: (query) => store.log.read(query.beforeSeq < Number.MAX_SAFE_INTEGER ? { ...query, from: 'oldest' } : query),
  });

/** Knows of an account's newest conversations when it compares. */
export const compareTheNewest = (store: Store): Store =>
  withLog(store, { heads: (userId, limit) => store.log.heads(userId, Math.min(limit, 4)) });

/** Lets the change that came last stay, whenever it was made. */
export function keepLastRecord(store: Store): Store {
  let changes = 0;
  return overriding(store, {
    records: overriding(store.records, {
      set: (change) => store.records.set({ ...change, changedAtMs: ++changes }),
    }),
  });
}

const isInDoubt = (error: unknown): boolean => error instanceof StoreError && error.kind === 'unavailable';

/** Takes an append for done when the store went away under it. */
export const takeInDoubtForDone = (store: Store): Store =>
  withLog(store, {
    async append(request): Promise<Appended> {
      const { conversationId, serverTimeMs } = request;
      try {
        return await store.log.append(request);
      } catch (error) {
        const head = isInDoubt(error) ? await store.log.head(conversationId) : undefined;
        if (head === undefined) throw error;
        return { conversationId, seq: head.lastSeq + 1, serverTimeMs, duplicate: false, joined: [] };
      }
    },
  });

/** Takes an append for failed when the store went away under it, and appends it as something new. */
export function appendInDoubtAnew(store: Store): Store {
  const anew = renamed(store, (id) => `${id}#anew`);
  return withLog(anew, {
    append: (request) =>
      store.log.append(request).catch((error) => {
        if (isInDoubt(error)) return anew.log.append(request);
        throw error;
      }),
  });
}

/** Believes what it read of an account's conversations first, but for what it appended itself. Made anew for each life. */
export function rememberHeads(store: Store): Store {
  const read = new Map<string, ConversationHead[]>();
  return withLog(store, {
    async append(request) {
      const appended = await store.log.append(request);
      for (const { userId } of appended.joined) read.delete(userId);
      for (const userId of request.members) {
        const heads = read.get(userId) ?? [];
        const raised = heads.map((head) =>
          head.conversationId === appended.conversationId ? { ...head, lastSeq: appended.seq } : head,
        );
        if (read.has(userId)) read.set(userId, raised);
      }
      return appended;
    },
    async heads(userId, limit) {
      const heads = read.get(userId) ?? (await store.log.heads(userId, limit));
      read.set(userId, heads);
      return heads;
    },
  });
}

/** Puts the entries of a page in the order of the clocks of those that took them. */
export const orderByClocks = (store: Store): Store =>
  withLog(store, {
    async read(query) {
      const entries = await store.log.read(query);
      const byClock = entries.toSorted((a, b) => a.serverTimeMs - b.serverTimeMs);
      return byClock.map((entry, at) => ({ ...entry, seq: entries[at]?.seq ?? entry.seq }));
    },
  });
