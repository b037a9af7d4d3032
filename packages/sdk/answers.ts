import type { LinkPreview } from '@hongyan/protocol';
import type { Device, GroupPreview, MintedSession, Person, SessionEnd } from './types.ts';

/** What the server answers to whoever asks where to connect. */
export type AllocationAnswer =
  | { gateways: { url: string }[]; keepForMs: number }
  | { place: number; retryAfterMs: number; ticket?: string };

/** Whether an answer is the server's: a captive portal answers anything with 200. */
export type IsAnswer<T> = (answer: unknown) => answer is T;

export const isSession: IsAnswer<MintedSession> = (answer): answer is MintedSession =>
  isPerson(answer) &&
  has(answer, 'deviceId', 'string') &&
  has(answer, 'accessToken', 'string') &&
  has(answer, 'accessTokenExpiresAtMs', 'number') &&
  has(answer, 'refreshToken', 'string');

export const isPerson: IsAnswer<Person> = (answer): answer is Person =>
  has(answer, 'userId', 'string') &&
  has(answer, 'handle', 'string') &&
  has(answer, 'displayName', 'string') &&
  has(answer, 'statusLine', 'string');

export const arePeople: IsAnswer<{ people: Person[] }> = (answer): answer is { people: Person[] } =>
  areAll(answer, 'people', isPerson);

export const isDevice: IsAnswer<Device> = (answer): answer is Device =>
  has(answer, 'deviceId', 'string') && has(answer, 'lastSeenAtMs', 'number');

export const areDevices: IsAnswer<{ devices: Device[] }> = (answer): answer is { devices: Device[] } =>
  areAll(answer, 'devices', isDevice);

const endReasons: readonly unknown[] = ['signed-out', 'revoked', 'replaced', 'password-changed'];

/** Why a session ended, as a problem says; a reason that this version does not know is as good as none. */
export const isEnd: IsAnswer<SessionEnd> = (answer): answer is SessionEnd =>
  has(answer, 'reason', 'string') &&
  has(answer, 'deviceName', 'string') &&
  endReasons.includes((answer as SessionEnd).reason);

export const isAllocation: IsAnswer<AllocationAnswer> = (answer): answer is AllocationAnswer =>
  has(answer, 'keepForMs', 'number')
    ? areAll(answer, 'gateways', (gateway) => has(gateway, 'url', 'string'))
    : has(answer, 'place', 'number') && has(answer, 'retryAfterMs', 'number');

export const isGroup: IsAnswer<{ conversationId: string }> = (answer): answer is { conversationId: string } =>
  has(answer, 'conversationId', 'string');

export const isLinkPreview: IsAnswer<LinkPreview> = (answer): answer is LinkPreview =>
  has(answer, 'url', 'string') &&
  has(answer, 'title', 'string') &&
  has(answer, 'description', 'string') &&
  has(answer, 'siteName', 'string');

const joinings: readonly unknown[] = ['open', 'approval', 'question'];

export const isGroupPreview: IsAnswer<GroupPreview> = (answer): answer is GroupPreview =>
  has(answer, 'name', 'string') &&
  has(answer, 'memberCount', 'number') &&
  has(answer, 'question', 'string') &&
  joinings.includes((answer as GroupPreview).joining);

export const isNothing: IsAnswer<undefined> = (answer): answer is undefined => answer === undefined;

function has(answer: unknown, name: string, type: 'string' | 'number'): boolean {
  return typeof answer === 'object' && answer !== null && typeof (answer as Record<string, unknown>)[name] === type;
}

function areAll(answer: unknown, name: string, isOne: (item: unknown) => boolean): boolean {
  const items = typeof answer === 'object' && answer !== null && (answer as Record<string, unknown>)[name];
  return Array.isArray(items) && items.every(isOne);
}
