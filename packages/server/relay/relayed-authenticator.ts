import { type Authenticator, type Clock, StoreError } from '@hongyan/core';
import { idHash } from '@hongyan/protocol';
import type { Relay } from './relay.ts';

const DEADLINE_MS = 8_000;
/** Far above a token of ours; longer ones are not worth a look. */
const TOKEN_LENGTH_MAX = 1_024;

/** Tokens are looked at by a node with logic, which knows the keys and the store. */
export function createRelayedAuthenticator(relay: Relay, clock: Clock): Authenticator {
  return {
    async authenticate(accessToken) {
      if (accessToken.length > TOKEN_LENGTH_MAX) return undefined;
      const { promise, resolve, reject } = Promise.withResolvers<{ userId: string; deviceId: string } | undefined>();
      const unavailable = (cause: unknown) => reject(new StoreError('unavailable', 'not-answered', { cause }));
      relay.ask({
        key: idHash(accessToken),
        isOrdered: false,
        request: { caller: undefined, body: { case: 'authenticate', value: accessToken } },
        deadlineMs: clock.now() + DEADLINE_MS,
        givenUpMs: clock.now() + DEADLINE_MS,
        statedBy: '',
        answered(body) {
          if (body.case === 'identity') resolve(body.value.userId === '' ? undefined : body.value);
          else unavailable(body);
          return true;
        },
        failed: unavailable,
      });
      return promise;
    },
  };
}
