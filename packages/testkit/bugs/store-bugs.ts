import type { Appended, LogStore, Store } from '@hongyan/core';

const withLog = (store: Store, log: Partial<LogStore>): Store => {
  const { accounts, cursors, userLog } = store;
  const inner = store.log;
  return {
    accounts,
    cursors,
    userLog,
    log: {
      append: (request) => inner.append(request),
      read: (query) => inner.read(query),
      head: (id) => inner.head(id),
      heads: (userId, limit) => inner.heads(userId, limit),
      countOthers: (query) => inner.countOthers(query),
      ...log,
    },
    close: () => store.close(),
  };
};

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

/** Appends every attempt as if it were the first. */
export function forgetAppended(store: Store): Store {
  let attempts = 0;
  const original = (id: string) => id.replace(/#.*/, '');
  return withLog(store, {
    append(request) {
      attempts += 1;
      return store.log.append({ ...request, clientMessageId: `${request.clientMessageId}#${attempts}` });
    },
    async read(query) {
      const entries = await store.log.read(query);
      return entries.map((entry) => ({ ...entry, clientMessageId: original(entry.clientMessageId) }));
    },
  });
}

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
