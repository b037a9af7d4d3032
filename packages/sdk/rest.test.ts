import { afterEach, describe, expect, test } from 'vitest';
import { Rest } from './rest.ts';
import { httpApi } from './shell/testing/http-api.ts';
import { sessionAnswer, sessionOf } from './shell/testing/sessions.ts';

const open: { close: () => void }[] = [];
afterEach(() => {
  for (const api of open.splice(0)) api.close();
});

async function restOf(status: number, body: string, headers: Record<string, string> = {}): Promise<Rest> {
  const api = await httpApi(() => ({ status, body, headers }));
  open.push(api);
  return new Rest(api.url);
}

const foreign = ['<html>log in to this network</html>', '{"status":"ok"}', 'null', '[]', '"yes"', '{"userId":1}', ''];

describe.each(foreign)('a 200 that is not the server’s: %j', (body) => {
  test.each([
    ['registering', (rest: Rest) => rest.register({ handle: 'anna', password: 'p', displayName: 'Anna' })],
    ['signing in', (rest: Rest) => rest.signIn({ handle: 'anna', password: 'p' })],
    ['renewing the session', (rest: Rest) => rest.refresh('r')],
    ['changing the profile', (rest: Rest) => rest.updateProfile({}, 't')],
    ['finding people', (rest: Rest) => rest.findPeople('a', 't')],
    ['asking for devices', (rest: Rest) => rest.devices('t')],
    ['renaming a device', (rest: Rest) => rest.renameDevice('d', 'name', 't')],
    ['asking what a link’s page says', (rest: Rest) => rest.previewLink('https://example.com', 't')],
    ['asking what group a link leads to', (rest: Rest) => rest.previewGroup('group.g', 'code', 't')],
    ['asking for people', (rest: Rest) => rest.people(['u'], 't')],
  ])('[A1] %s did not reach the server', async (_, call) => {
    await expect(call(await restOf(200, body))).rejects.toMatchObject({ name: 'SdkError', code: 'network' });
  });
});

test('[A1] signing out did not reach the server when something else says yes', async () => {
  await expect((await restOf(200, '<html></html>')).signOut('t')).rejects.toMatchObject({ code: 'network' });
  await expect((await restOf(204, '')).signOut('t')).resolves.toBeUndefined();
});

test('[A1] a session is taken as the server gives it', async () => {
  const session = sessionOf('anna');
  expect(await (await restOf(200, sessionAnswer(session))).refresh('r')).toEqual(session);
});

test('[A1] only the server’s own word ends a session', async () => {
  const refused = '{"code":"invalid-refresh-token"}';
  await expect((await restOf(401, refused)).refresh('r')).rejects.toMatchObject({ code: 'signed-out' });
  await expect((await restOf(401, '<html></html>')).refresh('r')).rejects.toMatchObject({ code: 'refused' });
  await expect((await restOf(403, '{}')).refresh('r')).rejects.toMatchObject({ code: 'refused' });
});

test('[CON-2] the server’s advice when to come back is told', async () => {
  const rest = await restOf(429, '{"code":"rate-limited"}', { 'retry-after': '60' });
  await expect(rest.people(['u'], 't')).rejects.toMatchObject({ code: 'rate-limited', retryAfterMs: 60_000 });
});

test.each([
  [403, 'not-accepted', 'refused', 'NOT_ACCEPTED'],
  [403, 'not-allowed', 'refused', 'FORBIDDEN'],
  [404, 'not-found', 'refused', 'NOT_FOUND'],
  [422, 'limit-exceeded', 'refused', 'LIMIT_EXCEEDED'],
  [422, 'link-preview-unavailable', 'refused', 'NOT_FOUND'],
  [429, 'rate-limited', 'rate-limited', 'RATE_LIMITED'],
  [503, 'overloaded', 'server', 'OVERLOADED'],
  [404, 'a-code-of-later', 'refused', undefined],
] as const)('[O2] a problem %i %s is told as %s, %s', async (status, problem, code, reason) => {
  const rest = await restOf(status, JSON.stringify({ code: problem }));
  await expect(rest.previewGroup('group.g', 'code', 't')).rejects.toMatchObject({ code, reason });
});

test('[C1] a preview of a link is what a message takes', async () => {
  const preview = { url: 'https://example.com/', title: 'Example', description: '', siteName: 'example.com' };
  const rest = await restOf(200, JSON.stringify({ ...preview, imageUrl: 'https://example.com/a.png' }));
  expect(await rest.previewLink('https://example.com', 't')).toEqual(preview);
});
