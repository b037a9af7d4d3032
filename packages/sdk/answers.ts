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
  areTexts(answer, 'deviceId', 'accessToken', 'refreshToken') &&
  isNumber(answer, 'accessTokenExpiresAtMs');

export const isPerson: IsAnswer<Person> = (answer): answer is Person =>
  areTexts(answer, 'userId', 'handle', 'displayName', 'statusLine');

export const arePeople: IsAnswer<{ people: Person[] }> = (answer): answer is { people: Person[] } =>
  areAll(answer, 'people', isPerson);

export const isDevice: IsAnswer<Device> = (answer): answer is Device =>
  areTexts(answer, 'deviceId') && isNumber(answer, 'lastSeenAtMs');

export const areDevices: IsAnswer<{ devices: Device[] }> = (answer): answer is { devices: Device[] } =>
  areAll(answer, 'devices', isDevice);

const endReasons: readonly unknown[] = ['signed-out', 'revoked', 'replaced', 'password-changed'];

/** Why a session ended, as a problem says; a reason that this version does not know is as good as none. */
export const isEnd: IsAnswer<SessionEnd> = (answer): answer is SessionEnd =>
  areTexts(answer, 'reason', 'deviceName') && endReasons.includes((answer as SessionEnd).reason);

export const isAllocation: IsAnswer<AllocationAnswer> = (answer): answer is AllocationAnswer =>
  isNumber(answer, 'keepForMs')
    ? areAll(answer, 'gateways', (gateway) => areTexts(gateway, 'url'))
    : isNumber(answer, 'place') && isNumber(answer, 'retryAfterMs');

export const isGroup: IsAnswer<{ conversationId: string }> = (answer): answer is { conversationId: string } =>
  areTexts(answer, 'conversationId');

export const isLinkPreview: IsAnswer<LinkPreview> = (answer): answer is LinkPreview =>
  areTexts(answer, 'url', 'title', 'description', 'siteName');

const joinings: readonly unknown[] = ['open', 'approval', 'question'];

export const isGroupPreview: IsAnswer<GroupPreview> = (answer): answer is GroupPreview =>
  areTexts(answer, 'name', 'question') &&
  isNumber(answer, 'memberCount') &&
  joinings.includes((answer as GroupPreview).joining);

export const isNothing: IsAnswer<undefined> = (answer): answer is undefined => answer === undefined;

/** What the answer has under a name; undefined where it is no object. */
const part = (answer: unknown, name: string): unknown => (answer as Record<string, unknown> | null | undefined)?.[name];

const areTexts = (answer: unknown, ...names: string[]): boolean =>
  names.every((name) => typeof part(answer, name) === 'string');

const isNumber = (answer: unknown, name: string): boolean => typeof part(answer, name) === 'number';

function areAll(answer: unknown, name: string, isOne: (item: unknown) => boolean): boolean {
  const items = part(answer, name);
  return Array.isArray(items) && items.every(isOne);
}
