import { describe, expect, test } from 'vitest';
import { by, type Person, PLAIN_HOST } from './kit/browser.ts';
import { raiseStage } from './kit/stage.ts';

const stage = raiseStage();

const suffix = () => Math.random().toString(36).slice(2, 8);

/** Two people who have each other's conversation open. */
async function couple(): Promise<{ anna: Person; boris: Person }> {
  const id = suffix();
  const anna = await stage.open(`anna.${id}`);
  const boris = await stage.open(`boris.${id}`);
  await anna.signUp('Anna');
  await boris.signUp('鲍里斯');
  await anna.openConversationWith(boris.handle);
  return { anna, boris };
}

describe('two people in two browsers', () => {
  test('[A1, A3, C1, C7, D1] sign up, find each other, write, and see sent, delivered and read', async () => {
    const { anna, boris } = await couple();
    await boris.page.close();
    await anna.write('你好，鲍里斯 👋');
    await anna.sees('你好，鲍里斯 👋', 'sent');
    const page = await boris.context.newPage();
    await page.goto(stage.server.url);
    await page.waitForSelector(by('unread-badge'));
    await anna.sees('你好，鲍里斯 👋', 'delivered');
    await page.click(by('conversation-item'));
    await anna.sees('你好，鲍里斯 👋', 'read');
    await expect.poll(() => page.locator(by('unread-badge')).count()).toBe(0);
  });

  test('[C1, F1] works over plain HTTP on a host that is not localhost, as in an office', async () => {
    const url = `http://${PLAIN_HOST}:${stage.server.port}`;
    const dora = await stage.open(`dora.${suffix()}`, url);
    await dora.signUp('Dora');
    expect(await dora.page.evaluate('isSecureContext')).toBe(false);
    await dora.page.click(by('conversation-item'));
    await dora.write('a note to myself');
    await dora.sees('a note to myself', 'sent', 'delivered', 'read');
  });

  test('[C9, D6, O1] what is written while one is away is there when they come back, also after a reload', async () => {
    const { anna, boris } = await couple();
    await boris.openConversationWith(anna.handle);
    await boris.context.setOffline(true);
    for (let n = 1; n <= 5; n++) await anna.write(`while you were away ${n}`);
    await anna.sees('while you were away 5', 'sent');
    await boris.write('written without a network');
    await boris.sees('written without a network', 'queued', 'sending');
    await boris.context.setOffline(false);
    await boris.sees('while you were away 5');
    await boris.sees('written without a network', 'sent', 'delivered', 'read');
    await anna.sees('written without a network');
    await boris.page.reload();
    await boris.sees('while you were away 1');
    await boris.sees('written without a network');
  });

  test('[D2, D3] a second device sees the same, and reading on one clears the other', async () => {
    const { anna, boris } = await couple();
    const second = await stage.open(boris.handle);
    await second.signIn();
    await anna.write('for all your devices');
    for (const device of [boris, second]) await device.page.waitForSelector(by('unread-badge'));
    await boris.page.click(by('conversation-item'));
    await boris.sees('for all your devices');
    for (const device of [boris, second]) {
      await expect.poll(() => device.page.locator(by('unread-badge')).count(), { timeout: 10_000 }).toBe(0);
    }
    await second.page.click(by('conversation-item'));
    await second.write('from my second device');
    await boris.sees('from my second device', 'sent', 'delivered', 'read');
    await anna.sees('from my second device');
  });

  test('[LOG-1, LOG-2, LOG-3, OUT-1, OUT-3] the server is killed in the middle of a burst; both sides end complete, in order, once', async () => {
    const { anna, boris } = await couple();
    await boris.openConversationWith(anna.handle);
    const texts = Array.from({ length: 30 }, (_, n) => `burst ${String(n + 1).padStart(2, '0')}.`);
    for (const text of texts.slice(0, 12)) await anna.write(text);
    await stage.server.end('SIGKILL');
    for (const text of texts.slice(12)) await anna.write(text);
    await anna.sees('burst 30.', 'queued', 'sending');
    await stage.server.start();
    await anna.sees('burst 30.', 'read', 'delivered');
    await boris.sees('burst 30.');
    for (const person of [anna, boris]) {
      const shown = (await person.messages()).filter(({ text }) => text.includes('burst'));
      const order = shown.map(({ text }) => text.match(/burst \d\d\./)?.[0]);
      expect(order).toEqual(texts.slice(-order.length));
      expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length);
      const seqs = shown.map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] as number) + index));
    }
  });
});
