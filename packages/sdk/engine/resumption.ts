import { CloseCode, closeAdvice, type Resume } from '@hongyan/protocol';

/** CON-8: what a client remembers of a session, to go on with it on the next connection. Lives as long as the program. */
export class Resumption {
  #session: { sessionId: string; pushesReceived: number; isComplete: boolean } | undefined;

  /** What Hello says of the session before. One that was never brought up to date is not worth going on with. */
  get resume(): Resume | undefined {
    if (!this.#session?.isComplete) return undefined;
    const { sessionId, pushesReceived } = this.#session;
    return { sessionId, pushesReceived };
  }

  welcomed(sessionId: string, resumed: boolean): void {
    if (!resumed || !this.#session) this.#session = { sessionId, pushesReceived: 0, isComplete: resumed };
    else this.#session = { ...this.#session, sessionId };
  }

  /** Every push counts but Closing, also one this client does not know. */
  pushed(): void {
    if (this.#session) this.#session = { ...this.#session, pushesReceived: this.#session.pushesReceived + 1 };
  }

  synced(): void {
    if (this.#session) this.#session = { ...this.#session, isComplete: true };
  }

  /** The connection ended. Codes that end the session with it leave nothing to go on with. */
  lost(code: number): void {
    const advice = closeAdvice(code);
    if (code === CloseCode.GOING_AWAY || advice === 'sign-in' || advice === 'stop') this.forget();
  }

  forget(): void {
    this.#session = undefined;
  }
}
