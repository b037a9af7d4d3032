import type { Store } from '@hongyan/core';
import { overriding } from '../bugs/overriding.ts';
import type { Observation } from '../observation.ts';

/** The durable store, of which it is seen what it commits, in the order in which it does. */
export const observedDisk = (store: Store, observe: (observation: Observation) => void): Store =>
  overriding(store, {
    log: overriding(store.log, {
      async append(request) {
        const appended = await store.log.append(request);
        const { conversationId, seq, serverTimeMs, duplicate } = appended;
        if (duplicate) return appended;
        const { kind, senderId, clientMessageId, clientTimeMs, body, header } = request;
        const said = { kind, senderId, clientMessageId, clientTimeMs, body, header };
        observe({ kind: 'committed', entry: { conversationId, seq, serverTimeMs, ...said } });
        return appended;
      },
    }),
  });
