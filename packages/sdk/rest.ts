import type { SessionRecord } from './stores/store.ts';
import { type Credentials, type Me, type Person, SdkError, type SdkErrorCode } from './types.ts';

const REQUEST_TIMEOUT_MS = 15_000;

/** The refresh token is not good any more: somebody has to sign in. */
export class RefreshRefused extends Error {
  override readonly name = 'RefreshRefused';
}

interface SessionAnswer extends Me {
  accessToken: string;
  accessTokenExpiresAtMs: number;
  refreshToken: string;
}

/** The server's REST interface (ARCHITECTURE.md). Every method rejects with SdkError. */
export class Rest {
  readonly #base: string;

  constructor(server: string) {
    this.#base = server.replace(/\/+$/, '');
  }

  async register(account: Credentials & { displayName: string; deviceName?: string }): Promise<SessionRecord> {
    return sessionRecord(await this.#call('POST', '/v1/accounts', { body: account }));
  }

  async signIn(account: Credentials & { deviceName?: string }): Promise<SessionRecord> {
    return sessionRecord(await this.#call('POST', '/v1/sessions', { body: account }));
  }

  /** Rejects with RefreshRefused when the server says that the token is not good. */
  async refresh(refreshToken: string): Promise<SessionRecord> {
    return sessionRecord(await this.#call('POST', '/v1/sessions/refresh', { body: { refreshToken } }));
  }

  async signOut(accessToken: string): Promise<void> {
    await this.#call('DELETE', '/v1/sessions/current', { accessToken });
  }

  async updateProfile(profile: { displayName?: string; statusLine?: string }, accessToken: string): Promise<Person> {
    return this.#call('PATCH', '/v1/profile', { body: profile, accessToken });
  }

  async findPeople(text: string, accessToken: string): Promise<Person[]> {
    const { people } = await this.#call<{ people: Person[] }>(
      'GET',
      `/v1/people?${new URLSearchParams({ query: text })}`,
      {
        accessToken,
      },
    );
    return people;
  }

  async people(userIds: readonly string[], accessToken: string): Promise<Person[]> {
    const query = new URLSearchParams({ ids: userIds.join(',') });
    const { people } = await this.#call<{ people: Person[] }>('GET', `/v1/people?${query}`, { accessToken });
    return people;
  }

  async #call<T>(method: string, path: string, options: { body?: unknown; accessToken?: string }): Promise<T> {
    const headers: Record<string, string> = {};
    if (options.body !== undefined) headers['content-type'] = 'application/json';
    if (options.accessToken !== undefined) headers.authorization = `Bearer ${options.accessToken}`;
    let response: Response;
    let answer: unknown;
    try {
      response = await fetch(this.#base + path, {
        method,
        headers,
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
        ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      });
      const text = await response.text();
      answer = text === '' ? undefined : parse(text);
    } catch (cause) {
      throw new SdkError('network', `${method} ${path} did not reach the server`, { cause });
    }
    if (response.ok) return answer as T;
    throw problem(response, answer);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const codes: Record<string, SdkErrorCode> = {
  'handle-taken': 'handle-taken',
  'invalid-credentials': 'invalid-credentials',
  'invalid-input': 'invalid-input',
  'rate-limited': 'rate-limited',
  unauthenticated: 'signed-out',
  'not-found': 'refused',
};

/** RFC 9457: the code is stable, the rest is for developers. */
function problem(response: Response, answer: unknown): Error {
  const details = typeof answer === 'object' && answer !== null ? answer : {};
  const code = 'code' in details ? String(details.code) : '';
  const text = 'detail' in details ? String(details.detail) : `${response.status} ${code}`;
  if (code === 'invalid-refresh-token') return new RefreshRefused(text);
  const fallback: SdkErrorCode = response.status >= 500 ? 'server' : 'refused';
  const retryAfterS = Number(response.headers.get('retry-after') ?? 0);
  const retryAfterMs = Number.isFinite(retryAfterS) ? retryAfterS * 1_000 : 0;
  return new SdkError(codes[code] ?? fallback, text, { retryAfterMs });
}

function sessionRecord(answer: SessionAnswer): SessionRecord {
  const { userId, deviceId, handle, displayName, statusLine, accessToken, accessTokenExpiresAtMs, refreshToken } =
    answer;
  const me = { userId, deviceId, handle, displayName, statusLine };
  return { me, accessToken, accessTokenExpiresAtMs, refreshToken };
}
