import { z } from 'zod';
import type { Polling } from '../gateway/index.ts';
import type { Api } from './context.ts';
import { Problem } from './problem.ts';
import type { Check } from './rate-limits.ts';

/** A request for frames waits for them (POL-6); it has failed only a while after it should have been answered. */
const DOWN_DEADLINE_MS = 40_000;
const FRAMES = 'application/octet-stream';

/**
 * Gateways of a cluster are other origins than the one the page is from (CORS, https://fetch.spec.whatwg.org). Any page may
 * ask, as with WebSocket: no cookie lets anybody in, only the token in Hello.
 */
const FROM_ANY_ORIGIN = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' };
/** What a browser is told who asks first; it remembers that for as long as browsers do at most. */
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST, DELETE',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '7200',
};

const params = z.object({ connectionId: z.string().max(64) });
const querystring = z.object({ n: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

/**
 * HTTP long polling (POL): the session's transport where nothing but plain requests gets through. It is not in the
 * description, as `/v1/ws` is not. A client that hangs up while it waits is no failure, so only errors are logged. `limit` bounds how often an address may open a connection, which
 * holds a place before anybody signs in.
 */
export async function pollingRoutes(api: Api, polling: Polling, limit: Check): Promise<void> {
  await api.register(async (scope: Api) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.headers({ 'cache-control': 'no-store', ...FROM_ANY_ORIGIN });
    });
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(FRAMES, { parseAs: 'buffer', bodyLimit: polling.bodyBytesMax }, (_request, body, done) =>
      done(null, body),
    );

    for (const url of ['/v1/poll', '/v1/poll/*']) {
      scope.options(url, { logLevel: 'error', schema: { hide: true } }, async (_request, reply) =>
        reply.code(204).headers(PREFLIGHT).send(),
      );
    }

    scope.route({
      method: 'POST',
      url: '/v1/poll',
      logLevel: 'error',
      schema: { hide: true },
      onRequest: limit,
      async handler(_request, reply) {
        const opened = polling.open();
        if (opened.kind === 'opened') return reply.code(201).send({ connectionId: opened.connectionId });
        throw new Problem('overloaded', { retryAfterSeconds: Math.max(1, Math.ceil(opened.retryAfterMs / 1_000)) });
      },
    });

    scope.route({
      method: 'POST',
      url: '/v1/poll/:connectionId/up',
      logLevel: 'error',
      schema: { hide: true, params, querystring },
      async handler({ params, query, body }, reply) {
        const frames = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
        const taken = polling.up(params.connectionId, query.n, frames);
        if (taken !== 'taken') throw refusal(taken);
        return reply.code(204).send();
      },
    });

    scope.route({
      method: 'GET',
      url: '/v1/poll/:connectionId/down',
      logLevel: 'error',
      handlerTimeout: DOWN_DEADLINE_MS,
      exposeHeadRoute: false,
      schema: { hide: true, params, querystring },
      async handler({ params, query }, reply) {
        const hungUp = new AbortController();
        reply.raw.once('close', () => hungUp.abort());
        const fetched = await polling.down(params.connectionId, query.n, hungUp.signal);
        switch (fetched.kind) {
          case 'frames':
            return reply.type(FRAMES).send(fetched.bytes);
          case 'nothing':
            return reply.code(204).send();
          case 'out-of-order':
          case 'gone':
            throw refusal(fetched.kind);
        }
      },
    });

    scope.route({
      method: 'DELETE',
      url: '/v1/poll/:connectionId',
      logLevel: 'error',
      schema: { hide: true, params },
      async handler({ params }, reply) {
        const ended = polling.end(params.connectionId);
        if (ended === 'gone') throw refusal(ended);
        return reply.code(204).send();
      },
    });
  });
}

/** The answer to a request whose number is not the one to come (POL-3, POL-5, POL-7), or whose connection is not there (POL-2). */
function refusal(reason: 'out-of-order' | 'gone'): Problem {
  switch (reason) {
    case 'out-of-order':
      return new Problem('out-of-order');
    case 'gone':
      return new Problem('not-found');
  }
}
