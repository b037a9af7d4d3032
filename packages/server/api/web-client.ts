import { existsSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, sendProblem } from './problem.ts';

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Hongyan</title>
<h1>Hongyan is running</h1>
<p>The web client has not been built. Stop the server and start it with <code>npm start</code>, which builds it.</p>
</html>
`;

/**
 * Serves the built web client and whatever is no call: a page's own address opens the client, which finds its way itself.
 * Files under `assets/` carry a hash in their name and are kept for ever by browsers; everything else is asked for again.
 */
export async function serveWebClient(app: FastifyInstance, directory: string | undefined): Promise<void> {
  const root = directory === undefined ? undefined : resolve(directory);
  const built = root !== undefined && existsSync(join(root, 'index.html'));
  if (built) {
    const assets = join(root, 'assets') + sep;
    await app.register(fastifyStatic, {
      root,
      cacheControl: false,
      dotfiles: 'ignore',
      schemaHide: true,
      setHeaders(reply, path) {
        reply.header('cache-control', path.startsWith(assets) ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    if (!wantsPage(request)) return sendProblem(new Problem('not-found'), request, reply);
    return built ? reply.sendFile('index.html') : sendNotBuilt(reply);
  });
}

function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  const readsPage = method === 'GET' || method === 'HEAD';
  return readsPage && !/^\/(v1|assets)(\/|$)/.test(url) && (headers.accept ?? '').includes('text/html');
}

function sendNotBuilt(reply: FastifyReply): FastifyReply {
  return reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT);
}
