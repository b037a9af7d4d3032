import type { LinkPreview } from '@hongyan/protocol';
import {
  type AllocationAnswer,
  areDevices,
  arePeople,
  type IsAnswer,
  isAllocation,
  isDevice,
  isEnd,
  isGroup,
  isGroupPreview,
  isLinkPreview,
  isNothing,
  isPerson,
  isSession,
} from './answers.ts';
import type { SessionRecord } from './stores/store.ts';
import {
  type Credentials,
  type Device,
  type DeviceOptions,
  type GroupPreview,
  type MintedSession,
  type Person,
  SdkError,
  type SdkErrorCode,
} from './types.ts';

const REQUEST_TIMEOUT_MS = 15_000;
/** Whoever wants to connect does not wait long for being told where. */
const ALLOCATION_TIMEOUT_MS = 3_000;

/** As the platform's `fetch`, of which this much is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

interface Call<T> {
  body?: unknown;
  accessToken?: string;
  timeoutMs?: number;
  /** Anything else was not said by the server. */
  expected: IsAnswer<T>;
}

/** The server's REST interface (ARCHITECTURE.md). Every method rejects with SdkError. */
export class Rest {
  readonly #base: string;
  readonly #fetch: Fetch;

  /** `send`: left out, the platform's, whatever that is when it is used. */
  constructor(server: string, send: Fetch = (url, init) => fetch(url, init)) {
    this.#base = server.replace(/\/+$/, '');
    this.#fetch = send;
  }

  async register(account: Credentials & { displayName: string } & DeviceOptions): Promise<SessionRecord> {
    return this.#session('/v1/accounts', account);
  }

  async signIn(account: Credentials & DeviceOptions): Promise<SessionRecord> {
    return this.#session('/v1/sessions', account);
  }

  /** Rejects with SdkError `signed-out` when the server says that the token is not good: somebody has to sign in. */
  async refresh(refreshToken: string): Promise<SessionRecord> {
    return this.#session('/v1/sessions/refresh', { refreshToken });
  }

  async signOut(accessToken: string): Promise<void> {
    await this.#call('DELETE', '/v1/sessions/current', { accessToken, expected: isNothing });
  }

  async changePassword(
    passwords: { currentPassword: string; newPassword: string },
    accessToken: string,
  ): Promise<void> {
    await this.#call('PUT', '/v1/password', { body: passwords, accessToken, expected: isNothing });
  }

  async devices(accessToken: string): Promise<Device[]> {
    return (await this.#call('GET', '/v1/devices', { accessToken, expected: areDevices })).devices;
  }

  async renameDevice(deviceId: string, name: string, accessToken: string): Promise<Device> {
    return this.#call('PATCH', devicePath(deviceId), { body: { name }, accessToken, expected: isDevice });
  }

  async revokeDevice(deviceId: string, accessToken: string): Promise<void> {
    await this.#call('DELETE', devicePath(deviceId), { accessToken, expected: isNothing });
  }

  async updateProfile(profile: { displayName?: string; statusLine?: string }, accessToken: string): Promise<Person> {
    return this.#call('PATCH', '/v1/profile', { body: profile, accessToken, expected: isPerson });
  }

  async findPeople(text: string, accessToken: string): Promise<Person[]> {
    return this.#people({ query: text }, accessToken);
  }

  async people(userIds: readonly string[], accessToken: string): Promise<Person[]> {
    return this.#people({ ids: userIds.join(',') }, accessToken);
  }

  async createGroup(group: { name: string; members: readonly string[] }, accessToken: string): Promise<string> {
    const { conversationId } = await this.#call('POST', '/v1/groups', { body: group, accessToken, expected: isGroup });
    return conversationId;
  }

  async previewGroup(conversationId: string, code: string, accessToken: string): Promise<GroupPreview> {
    const path = `/v1/groups/${encodeURIComponent(conversationId)}/preview?${new URLSearchParams({ code })}`;
    return this.#call('GET', path, { accessToken, expected: isGroupPreview });
  }

  async previewLink(url: string, accessToken: string): Promise<LinkPreview> {
    const path = '/v1/link-previews';
    const preview = await this.#call('POST', path, { body: { url }, accessToken, expected: isLinkPreview });
    const { title, description, siteName } = preview;
    return { url: preview.url, title, description, siteName };
  }

  /** Where to connect. `ticket`: of the place in the line that the last answer gave. */
  async allocate(ticket: string | undefined, accessToken: string): Promise<AllocationAnswer> {
    const timeoutMs = ALLOCATION_TIMEOUT_MS;
    return this.#call('POST', '/v1/gateways', { body: { ticket }, accessToken, timeoutMs, expected: isAllocation });
  }

  async #session(path: string, body: unknown): Promise<SessionRecord> {
    return sessionRecord(await this.#call('POST', path, { body, expected: isSession }));
  }

  async #people(query: Record<string, string>, accessToken: string): Promise<Person[]> {
    const path = `/v1/people?${new URLSearchParams(query)}`;
    const { people } = await this.#call('GET', path, { accessToken, expected: arePeople });
    return people;
  }

  async #call<T>(
    method: string,
    path: string,
    { body, accessToken, timeoutMs = REQUEST_TIMEOUT_MS, expected }: Call<T>,
  ): Promise<T> {
    const headers: Record<string, string> = {};
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (accessToken !== undefined) headers.authorization = `Bearer ${accessToken}`;
    let response: Response;
    let answer: unknown;
    try {
      response = await this.#fetch(this.#base + path, {
        method,
        headers,
        signal: AbortSignal.timeout(timeoutMs),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      answer = text === '' ? undefined : parse(text);
    } catch (cause) {
      throw new SdkError('network', `${method} ${path} did not reach the server`, { cause });
    }
    if (!response.ok) throw problem(response, answer);
    if (expected(answer)) return answer;
    throw new SdkError('network', `${method} ${path} was not answered by the server`);
  }
}

const devicePath = (deviceId: string) => `/v1/devices/${encodeURIComponent(deviceId)}`;

/** Text that is not JSON is not the server's; it stays as it is. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const codes: Record<string, SdkErrorCode> = {
  'handle-taken': 'handle-taken',
  'invalid-credentials': 'invalid-credentials',
  'invalid-input': 'invalid-input',
  'rate-limited': 'rate-limited',
  unauthenticated: 'signed-out',
  'invalid-refresh-token': 'signed-out',
  'not-found': 'refused',
};

/** RFC 9457: the code is stable, the rest is for developers. */
function problem(response: Response, answer: unknown): SdkError {
  const details = typeof answer === 'object' && answer !== null ? answer : {};
  const code = 'code' in details ? String(details.code) : '';
  const text = 'detail' in details ? String(details.detail) : `${response.status} ${code}`;
  const fallback: SdkErrorCode = response.status >= 500 ? 'server' : 'refused';
  const retryAfterS = Number(response.headers.get('retry-after') ?? 0);
  const retryAfterMs = Number.isFinite(retryAfterS) ? retryAfterS * 1_000 : 0;
  const end = 'ended' in details && isEnd(details.ended) ? details.ended : undefined;
  return new SdkError(codes[code] ?? fallback, text, { retryAfterMs, end });
}

export function sessionRecord(answer: MintedSession): SessionRecord {
  const { userId, deviceId, handle, displayName, statusLine, accessToken, accessTokenExpiresAtMs, refreshToken } =
    answer;
  const me = { userId, deviceId, handle, displayName, statusLine };
  return { me, accessToken, accessTokenExpiresAtMs, refreshToken };
}
