import { afterAll, beforeAll, expect, test } from 'vitest';
import { PlainHttpProxy } from './kit/plain-http-proxy.ts';
import { raiseStage } from './kit/stage.ts';

const stage = raiseStage();

let proxy: PlainHttpProxy;
beforeAll(async () => {
  proxy = await PlainHttpProxy.to(stage.server.port);
});
afterAll(() => proxy?.dispose());

test('[POL-11, A1, C1, C7, F4] behind a proxy for plain HTTP only, two people sign up, talk, and see what was read', async () => {
  const anna = await stage.open('anna.polls', proxy.url);
  const boris = await stage.open('boris.polls', proxy.url);
  await anna.signUp('Anna');
  await boris.signUp('Boris');
  await anna.openConversationWith(boris.handle);
  await boris.openConversationWith(anna.handle);
  await anna.write('through the needle’s eye');
  await boris.sees('through the needle’s eye');
  await anna.sees('through the needle’s eye', 'read');
  await boris.write('and back');
  await anna.sees('and back');
  expect(proxy.upgradesAllowed).toBe(0);
  expect(proxy.upgradesRefused).toBeGreaterThanOrEqual(2);
});
