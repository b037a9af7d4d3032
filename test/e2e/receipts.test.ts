import { createClient, MemoryStore } from '@hongyan/sdk/node';
import { expect, test } from 'vitest';
import { by, type Person } from './kit/browser.ts';
import { raiseStage } from './kit/stage.ts';

const stage = raiseStage();
const newId = () => Math.random().toString(36).slice(2, 8);
const counted = (person: Person, name: string, count: number) =>
  person.page
    .locator(by(`receipts-${name}`))
    .filter({ hasText: new RegExp(`^${count}`) })
    .waitFor();

test('[D1, E1] who read a message of a group, who has it and who not yet, live; and who read the announcement', async () => {
  const id = newId();
  const anna = await stage.open(`anna.${id}`);
  const boris = await stage.open(`boris.${id}`);
  const chen = await stage.open(`chen.${id}`);
  await Promise.all([anna.signUp('Anna'), boris.signUp('Boris'), chen.signUp('陈小明')]);
  await anna.page.click(by('group-new'));
  await anna.page.fill(by('group-name'), '大雁');
  for (const { handle } of [boris, chen]) {
    await anna.page.fill(by('picker-search'), handle);
    await anna.page.click(`${by('picker-person')}[data-handle="${handle}"]`);
  }
  await anna.page.click(by('group-create'));
  await anna.write('south at dawn');
  await boris.openNewestConversation();
  await boris.sees('south at dawn');

  await anna.choose('south at dawn', 'message-receipts');
  await counted(anna, 'read', 1);
  await anna.page.locator(by('receiver')).filter({ hasText: 'Boris' }).waitFor();
  await anna.page.click(by('receipts-delivered'));
  await anna.page.locator(by('receiver')).filter({ hasText: '陈小明' }).waitFor();
  await chen.openNewestConversation();
  await counted(anna, 'read', 2);
  await anna.page.keyboard.press('Escape');

  await anna.page.click(by('group-info'));
  await anna.page.click(by('group-edit'));
  await anna.page.fill(by('group-announcement'), '天亮出发');
  await anna.page.click(by('group-save'));
  await anna.page.locator(by('announcement-readers')).filter({ hasText: 'Read by 2 of 2' }).waitFor();
  await anna.page.click(by('policy-receiptsHidden'));
  await anna.page.waitForSelector(by('announcement-readers'), { state: 'detached' });
});

test('[C1, C6] a message is saved, its link is followed, and what a page says of itself comes with a link to it', async () => {
  const id = newId();
  const [anna, boris] = [
    await stage.open(`anna.${id}`),
    createClient({ server: stage.server.url, store: new MemoryStore() }),
  ];
  await anna.signUp('Anna');
  const { userId } = await boris.register({ handle: `boris.${id}`, password: 'a password', displayName: 'Boris' });
  await anna.openConversationWith(`boris.${id}`);
  await anna.write('first of all');
  for (let n = 1; n <= 30; n++) await anna.write(`and then ${n}`);
  await anna.sees('and then 30', 'sent', 'delivered');
  await anna.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await anna.choose('and then 1', 'message-save');
  await anna.choose('and then 1', 'message-link');
  const link = await anna.page.evaluate<string>('navigator.clipboard.readText()');
  await anna.page.locator(by('conversation-item')).filter({ hasText: 'Notes to self' }).click();
  await anna.sees('and then 1', 'sent', 'delivered', 'read');
  await anna.page.goto(link);
  await anna.page.waitForSelector(`${by('message')}.lit`);
  expect(await anna.page.locator(`${by('message')}.lit`).textContent()).toContain('and then 1');

  const preview = { url: 'https://example.org/', title: '示例网站', description: 'For examples', siteName: 'Example' };
  const me = boris.conversations.find(({ peerId }) => peerId !== undefined && peerId !== userId)?.id ?? '';
  await boris.send(me, { kind: 'text', text: 'see https://example.org/', preview }).until('sent');
  await anna.page.click(by('jump-latest'));
  await anna.page.locator(by('link-preview')).filter({ hasText: '示例网站' }).waitFor();
  await boris.close();
});
