import type { Authenticator, HandshakePart, HandshakeVerdict, Identity, Logger } from '@hongyan/core';
import { CloseCode, type Hello, type Limits } from '@hongyan/protocol';
import type { Admission } from './admission.ts';
import { helloFault, type Refusal } from './session-handshake.ts';
import type { SessionRegistry } from './session-registry.ts';

const STORE_RETRY_AFTER_MS = 1_000;

export interface EntranceParts {
  admission: Admission;
  authenticator: Authenticator;
  limits: Limits;
  logger: Logger;
  registry: SessionRegistry;
}

export type Identified = { kind: 'identified'; identity: Identity } | { kind: 'refused'; refusal: Refusal };

/** Decides whether a Hello gets in: by what it says, by what the node can take, and then by whose token it has (LOD-2, SES-3). */
export class Entrance {
  readonly #parts: EntranceParts;
  readonly #hello: Hello;
  readonly #part: HandshakePart;

  constructor(parts: EntranceParts, hello: Hello) {
    this.#parts = parts;
    this.#hello = hello;
    this.#part = this.#resumes() ? 'resumption' : 'whole';
  }

  /** Why it does not get in, whoever says it. Otherwise it counts against the rate, and is to be identified. */
  refusal(): Refusal | undefined {
    const { admission, limits } = this.#parts;
    return helloFault(this.#hello, limits) ?? tooMany(admission.handshake(this.#part));
  }

  /** Never rejects. */
  async identify(): Promise<Identified> {
    const { admission, authenticator, logger } = this.#parts;
    try {
      const identity = await authenticator.authenticate(this.#hello.accessToken);
      if (identity === undefined) {
        admission.giveBack(this.#part);
        return refused({ code: CloseCode.UNAUTHENTICATED, reason: 'the access token is not valid' });
      }
      const refusal = this.#isWhole(identity) ? tooMany(admission.handshake('rest')) : undefined;
      if (refusal !== undefined) return refused(refusal);
      admission.began();
      return { kind: 'identified', identity };
    } catch (error) {
      logger.warn({ error }, 'a token could not be checked');
      const reason = 'the access token cannot be checked now';
      return refused({ code: CloseCode.UNAVAILABLE, reason, retryAfterMs: STORE_RETRY_AFTER_MS });
    }
  }

  /** Whether it counted as a resumption and is none: not its session, or no longer there. */
  #isWhole(identity: Identity): boolean {
    return this.#part === 'resumption' && !this.#resumes(identity);
  }

  #resumes(identity?: Identity): boolean {
    const { resume } = this.#hello;
    return resume !== undefined && this.#parts.registry.wouldResume(resume, identity);
  }
}

const refused = (refusal: Refusal): Identified => ({ kind: 'refused', refusal });

function tooMany(verdict: HandshakeVerdict): Refusal | undefined {
  if (verdict.admitted) return undefined;
  return { code: CloseCode.OVERLOADED, reason: 'too many sign in at once', retryAfterMs: verdict.retryAfterMs };
}
