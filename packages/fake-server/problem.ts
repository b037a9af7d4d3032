import { StoreError } from '@hongyan/core';
import { ProtocolError } from '@hongyan/protocol';
import { type ProblemCode, problemOf, problems } from '@hongyan/server/api/problem-codes';
import { AuthError } from '@hongyan/server/auth/errors';
import { ZodError } from 'zod';
import { logger } from './platform.ts';

/** An error that REST answers with (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly #code: ProblemCode;
  readonly #details: object;

  constructor(code: ProblemCode, details: object = {}) {
    super(code);
    this.#code = code;
    this.#details = details;
  }

  static from(error: unknown): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof AuthError) {
      const { code, ended } = error;
      return new Problem(code, ended && { ended: { reason: ended.reason, deviceName: ended.byName } });
    }
    if (error instanceof ProtocolError) return new Problem(problemOf(error.code), { detail: error.message });
    if (error instanceof StoreError && error.kind === 'unavailable') return new Problem('unavailable');
    if (error instanceof ZodError || error instanceof SyntaxError) {
      return new Problem('invalid-input', { detail: error.message });
    }
    logger.error({ error }, 'a request failed');
    return new Problem('internal');
  }

  response(): Response {
    const { status, title } = problems[this.#code];
    const headers = { 'content-type': 'application/problem+json' };
    return new Response(JSON.stringify({ title, status, code: this.#code, ...this.#details }), { status, headers });
  }
}
