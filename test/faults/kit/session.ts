/** Access tokens live a quarter of an hour. */
const RENEW_AFTER_MS = 600_000;

export interface Credentials {
  handle: string;
  password: string;
}

/** A session of the judge's own, so that it reads without being one of the devices. */
export class Session {
  readonly #url: string;
  readonly #credentials: Credentials;
  #token = '';
  #sinceMs = 0;

  private constructor(url: string, credentials: Credentials) {
    this.#url = url;
    this.#credentials = credentials;
  }

  static async open(url: string, credentials: Credentials): Promise<Session> {
    const session = new Session(url, credentials);
    await session.#renew();
    return session;
  }

  async accessToken(): Promise<string> {
    if (performance.now() - this.#sinceMs > RENEW_AFTER_MS) await this.#renew();
    return this.#token;
  }

  async #renew(): Promise<void> {
    this.#token = await this.#signIn();
    this.#sinceMs = performance.now();
  }

  async #signIn(): Promise<string> {
    const response = await fetch(`${this.#url}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...this.#credentials, deviceName: 'judge' }),
    });
    if (response.status !== 201) throw new Error(`no session: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { accessToken: string }).accessToken;
  }
}
