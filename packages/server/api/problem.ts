import { END_REASONS, type EndReason, StoreError } from '@hongyan/core/ports';
import { ProtocolError } from '@hongyan/protocol';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AuthError } from '../auth/errors.ts';
import { type ProblemCode, problemOf, problems } from './problem-codes.ts';

/** The body of every answer that is an error (RFC 9457), `application/problem+json`. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
    detail: z.string().optional().describe('What is the matter this time; for developers, in English'),
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
  detail?: string | undefined;
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
    if (error instanceof ProtocolError) return refused(error);
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

/** What logic refused, as it says so to a device. */
function refused({ code, message, retryAfterMs }: ProtocolError): Problem {
  const refusedAs = problemOf(code);
  const isPassing = problems[refusedAs].status === 503 || problems[refusedAs].status === 429;
  const retryAfterSeconds = isPassing ? Math.max(1, Math.ceil(retryAfterMs / 1_000)) : undefined;
  return new Problem(refusedAs, { detail: refusedAs === 'internal' ? undefined : message, retryAfterSeconds });
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
    .send({
      type: `urn:hongyan:problem:${code}`,
      ...{ title, status, code },
      ...{ detail: details.detail, errors: details.errors, ended: details.ended },
    });
}
