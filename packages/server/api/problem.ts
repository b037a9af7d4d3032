import { END_REASONS, type EndReason, StoreError } from '@hongyan/core/ports';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AuthError } from '../auth/errors.ts';

/** Every way a call can fail. The code is the contract; the title is for people who write clients. */
export const problems = {
  'invalid-input': { status: 400, title: 'The request is not what this call takes.' },
  unauthenticated: { status: 401, title: 'The access token or API key is missing, forged, expired or revoked.' },
  'invalid-credentials': { status: 401, title: 'There is no account with this handle and password.' },
  'invalid-refresh-token': { status: 401, title: 'The refresh token was used up, or its device signed out.' },
  'not-accepted': { status: 403, title: 'Somebody does not take this from the account.' },
  forbidden: { status: 403, title: 'The API key is not for this call.' },
  'not-found': { status: 404, title: 'There is nothing here.' },
  'link-previews-off': { status: 404, title: 'This server makes no previews of links.' },
  'handle-taken': { status: 409, title: 'Somebody has this handle already.' },
  'idempotency-key-used': { status: 409, title: 'What was made with this Idempotency-Key is in use: take another.' },
  'too-many-api-keys': { status: 409, title: 'There are as many API keys as there may be.' },
  'out-of-order': { status: 409, title: 'Requests of one connection come one after another, by their numbers.' },
  'too-large': { status: 413, title: 'The request is larger than this call takes.' },
  'unsupported-media-type': { status: 415, title: 'The body is not of the media type this call takes.' },
  'link-preview-unavailable': { status: 422, title: 'There is no preview of this link.' },
  'rate-limited': { status: 429, title: 'Too many requests; come back later.' },
  internal: { status: 500, title: 'The server failed; whether it did what was asked is unknown.' },
  overloaded: { status: 503, title: 'The server has too much to do; come back later.' },
  unavailable: { status: 503, title: 'A part of the server is away; come back later.' },
  'deadline-exceeded': { status: 503, title: 'It took too long; whether it was done is unknown.' },
} as const;

export type ProblemCode = keyof typeof problems;

/** The body of every answer that is an error (RFC 9457), `application/problem+json`. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('What is wrong with which field'),
    ended: z
      .object({
        reason: z.enum(END_REASONS),
        deviceName: z.string().describe('Of the device that did it'),
      })
      .optional()
      .describe('With `invalid-refresh-token`: why the device is signed in no more'),
  })
  .meta({ id: 'Problem' });

interface ProblemDetails {
  errors?: { path: string; message: string }[] | undefined;
  ended?: { reason: EndReason; deviceName: string } | undefined;
  retryAfterSeconds?: number | undefined;
}

/** Thrown by a route to answer with a problem. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }

  static from(error: unknown): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof AuthError) {
      const ended = error.ended && { reason: error.ended.reason, deviceName: error.ended.byName };
      return new Problem(error.code, { ...later(error.code), ended });
    }
    if (error instanceof StoreError && error.kind === 'unavailable') {
      return new Problem('unavailable', later('unavailable'));
    }
    if (hasZodFastifySchemaValidationErrors(error)) {
      const errors = error.validation.map(({ instancePath, message = '' }) => ({ path: instancePath, message }));
      return new Problem('invalid-input', { errors });
    }
    const code = codeOf(error as Partial<FastifyError>);
    return new Problem(code, later(code));
  }
}

function later(code: ProblemCode): ProblemDetails {
  return problems[code].status === 503 ? { retryAfterSeconds: 1 } : {};
}

/** Fastify's own errors, by the status they ask for. */
function codeOf({ statusCode }: Partial<FastifyError>): ProblemCode {
  switch (statusCode) {
    case 404:
      return 'not-found';
    case 413:
      return 'too-large';
    case 415:
      return 'unsupported-media-type';
    case 503:
      return 'deadline-exceeded';
    default:
      return statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? 'invalid-input' : 'internal';
  }
}

export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, details } = Problem.from(error);
  const { status, title } = problems[code];
  if (code === 'internal') request.log.error({ err: error }, 'a request failed');
  if (details.retryAfterSeconds !== undefined) reply.header('retry-after', details.retryAfterSeconds);
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send({ type: `urn:hongyan:problem:${code}`, title, status, code, errors: details.errors, ended: details.ended });
}
