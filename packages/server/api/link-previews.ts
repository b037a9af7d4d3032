import { z } from 'zod';
import { type LinkPreviews, URL_LENGTH_MAX } from '../previews/index.ts';
import { type Api, type ApiContext, failsWith, identify, signedIn } from './context.ts';
import { Problem } from './problem.ts';

const linkPreviewSchema = z
  .object({
    url: z.string().describe('Where the page was, behind all redirects; a client shows its host'),
    title: z.string(),
    description: z.string().describe('Empty when the page has none'),
    siteName: z.string().describe('What the site calls itself, else its host'),
    imageUrl: z
      .string()
      .optional()
      .describe(
        'Where the page says its picture is. The server has not fetched it, and clients do not load it from there',
      ),
  })
  .describe('Plain text, as the page claims it')
  .meta({ id: 'LinkPreview' });

/** `previews` is undefined where they are switched off. */
export function linkPreviewRoutes(
  api: Api,
  { authenticator, rateLimits }: ApiContext,
  previews: LinkPreviews | undefined,
): void {
  api.route({
    method: 'POST',
    url: '/v1/link-previews',
    schema: {
      summary: 'Says what a page says of itself, for the sender of a message to put it in beside the link',
      tags: ['messages'],
      security: signedIn,
      body: z.object({ url: z.string().min(1).max(URL_LENGTH_MAX).describe('http or https, at the usual port') }),
      response: { 200: linkPreviewSchema, ...failsWith(400, 401, 404, 422, 429) },
    },
    async handler(request) {
      const { userId } = await identify(authenticator, request);
      if (previews === undefined) throw new Problem('link-previews-off');
      await rateLimits.linkPreview(request);
      const answer = await previews.preview(userId, request.body.url);
      switch (answer.kind) {
        case 'preview':
          return answer.preview;
        case 'unavailable':
          throw new Problem('link-preview-unavailable');
        case 'overloaded':
          throw new Problem('overloaded', { retryAfterSeconds: Math.max(1, Math.ceil(answer.retryAfterMs / 1_000)) });
      }
    },
  });
}
