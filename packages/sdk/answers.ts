import type { Me, Person } from './types.ts';

/** What the server answers to whoever signs in or renews a session. */
export interface SessionAnswer extends Me {
  accessToken: string;
  accessTokenExpiresAtMs: number;
  refreshToken: string;
}

/** What the server answers to whoever asks where to connect. */
export type AllocationAnswer =
  | { gateways: { url: string }[]; keepForMs: number }
  | { place: number; retryAfterMs: number; ticket?: string };

/** Whether an answer is the server's: a captive portal answers anything with 200. */
export type IsAnswer<T> = (answer: unknown) => answer is T;

export const isSession: IsAnswer<SessionAnswer> = (answer): answer is SessionAnswer =>
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

export const isAllocation: IsAnswer<AllocationAnswer> = (answer): answer is AllocationAnswer =>
  has(answer, 'keepForMs', 'number')
    ? areAll(answer, 'gateways', (gateway) => has(gateway, 'url', 'string'))
    : has(answer, 'place', 'number') && has(answer, 'retryAfterMs', 'number');

export const isGroup: IsAnswer<{ conversationId: string }> = (answer): answer is { conversationId: string } =>
  has(answer, 'conversationId', 'string');

export const isNothing: IsAnswer<undefined> = (answer): answer is undefined => answer === undefined;

function has(answer: unknown, name: string, type: 'string' | 'number'): boolean {
  return typeof answer === 'object' && answer !== null && typeof (answer as Record<string, unknown>)[name] === type;
}

function areAll(answer: unknown, name: string, isOne: (item: unknown) => boolean): boolean {
  const items = typeof answer === 'object' && answer !== null && (answer as Record<string, unknown>)[name];
  return Array.isArray(items) && items.every(isOne);
}
