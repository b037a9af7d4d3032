import type { ClientEvents } from '@hongyan/sdk';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type DraftClient, DraftKeeper } from './draftKeeper.ts';
import type { Drafts } from './drafts.ts';

const mine = 'direct.ua.ub';
const me = { userId: 'ua' } as ClientEvents['me'];

/** The account's drafts, as the client has them, and its events in the test's hands. */
class Account implements DraftClient {
  readonly texts = new Map<string, string>();
  readonly listeners = new Map<string, (payload: never) => void>();

  draft(conversationId: string): string {
    return this.texts.get(conversationId) ?? '';
  }

  setDraft(conversationId: string, text: string): void {
    this.texts.set(conversationId, text);
    this.tell('draft', { conversationId, text });
  }

  on<E extends keyof ClientEvents>(event: E, listener: (payload: ClientEvents[E]) => void): () => void {
    this.listeners.set(event, listener);
    return () => this.listeners.delete(event);
  }

  tell<E extends keyof ClientEvents>(event: E, payload: ClientEvents[E]): void {
    this.listeners.get(event)?.(payload as never);
  }
}

function unsavedDrafts(): Drafts {
  const kept = new Map<string, string>();
  return {
    get: (id) => kept.get(id) ?? '',
    set: (id, text) => void (text === '' ? kept.delete(id) : kept.set(id, text)),
    conversations: () => [...kept.keys()],
    clear: () => kept.clear(),
  };
}

let account: Account;
let unsaved: Drafts;
let drafts: DraftKeeper;

beforeEach(() => {
  vi.useFakeTimers();
  account = new Account();
  unsaved = unsavedDrafts();
  drafts = new DraftKeeper(account, unsaved);
  account.tell('me', me);
});
afterEach(() => {
  vi.useRealTimers();
});

test('[REC-6] what is typed is kept here at once, and handed over once, when it rests', () => {
  const setDraft = vi.spyOn(account, 'setDraft');
  for (const text of ['h', 'he', 'hey']) drafts.write(mine, text);
  expect([drafts.text(mine), unsaved.get(mine)]).toEqual(['hey', 'hey']);
  expect(setDraft).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(setDraft.mock.calls).toEqual([[mine, 'hey']]);
  expect(unsaved.conversations()).toEqual([]);
});

test('[REC-6] leaving the composer hands over at once; white space alone is no draft', () => {
  drafts.write(mine, 'hey');
  drafts.blurred(mine);
  expect(account.draft(mine)).toBe('hey');
  drafts.write(mine, ' \n');
  drafts.blurred(mine);
  expect(account.draft(mine)).toBe('');
});

test('[REC-6] a page that is left hands over and keeps the text until the next start takes it', () => {
  drafts.write(mine, 'hey');
  drafts.leaving();
  expect([account.draft(mine), unsaved.get(mine)]).toEqual(['hey', 'hey']);
  account.texts.clear();
  const next = new DraftKeeper(account, unsaved);
  account.tell('me', me);
  expect([next.text(mine), account.draft(mine), unsaved.conversations()]).toEqual(['hey', 'hey', []]);
});

test('[P6] what somebody else left on this device is not handed over to this account', () => {
  unsaved.set('direct.uc.ud', 'secret');
  account.tell('me', me);
  expect([account.draft('direct.uc.ud'), unsaved.conversations()]).toEqual(['', []]);
});

test('[REC-6] another device’s draft shows in an empty composer, and in one nobody writes in', () => {
  account.setDraft(mine, 'from the phone');
  expect(drafts.text(mine)).toBe('from the phone');
  account.setDraft(mine, 'from the phone, longer');
  expect(drafts.text(mine)).toBe('from the phone, longer');
});

test('[REC-6] it does not come under the hands of whoever is writing, and shows when they leave', () => {
  drafts.write(mine, 'mine');
  vi.runAllTimers();
  account.setDraft(mine, 'from the phone');
  expect(drafts.text(mine)).toBe('mine');
  drafts.blurred(mine);
  expect(drafts.text(mine)).toBe('from the phone');
  drafts.write(mine, 'typed, not handed over');
  account.setDraft(mine, 'from the phone');
  expect(drafts.text(mine)).toBe('typed, not handed over');
});

test('[REC-6] what was sent on another device is not left to be sent again, unless it was changed since', () => {
  drafts.write(mine, 'mine');
  vi.runAllTimers();
  account.setDraft(mine, '');
  expect(drafts.text(mine)).toBe('');
  drafts.write(mine, 'something else');
  account.setDraft(mine, '');
  expect(drafts.text(mine)).toBe('something else');
});

test('[REC-6] sending clears the draft everywhere at once, and nothing is handed over after it', () => {
  drafts.write(mine, 'hey');
  drafts.sent(mine);
  vi.runAllTimers();
  expect([drafts.text(mine), account.draft(mine), unsaved.conversations()]).toEqual(['', '', []]);
});

test('[O1] signing out forgets everything', () => {
  drafts.write(mine, 'hey');
  account.texts.clear();
  account.tell('me', undefined);
  vi.runAllTimers();
  expect([drafts.text(mine), account.draft(mine), unsaved.conversations()]).toEqual(['', '', []]);
});
