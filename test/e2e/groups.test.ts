import { expect, test } from 'vitest';
import { by } from './kit/browser.ts';
import { raiseStage } from './kit/stage.ts';

const stage = raiseStage();

test('[C1, E1, E2, E3] a group of three: made, renamed, a mention, and a member removed', async () => {
  const id = Math.random().toString(36).slice(2, 8);
  const anna = await stage.open(`anna.${id}`);
  const boris = await stage.open(`boris.${id}`);
  const chen = await stage.open(`chen.${id}`);
  await Promise.all([anna.signUp('Anna'), boris.signUp('Boris'), chen.signUp('陈小明')]);

  await anna.page.click(by('group-new'));
  await anna.page.fill(by('group-name'), 'Geese');
  for (const { handle } of [boris, chen]) {
    await anna.page.fill(by('picker-search'), handle);
    await anna.page.click(`${by('picker-person')}[data-handle="${handle}"]`);
  }
  await anna.page.click(by('group-create'));
  await anna.write('welcome');
  await boris.page.locator(by('conversation-item')).filter({ hasText: 'Geese' }).waitFor();

  const input = anna.page.locator(by('composer-input'));
  await input.pressSequentially('你好@小');
  await anna.page.locator(by('mention-option')).filter({ hasText: '陈小明' }).waitFor();
  await input.press('Enter');
  await input.pressSequentially('in English too');
  await input.press('Enter');
  await chen.page.waitForSelector(by('mention-badge'));
  expect(await boris.page.locator(by('mention-badge')).count()).toBe(0);
  await chen.openNewestConversation();
  await chen.sees('@陈小明');

  await anna.page.click(by('group-info'));
  await anna.page.click(by('group-edit'));
  await anna.page.fill(by('group-rename'), 'Wild geese');
  await anna.page.click(by('group-save'));
  await boris.openNewestConversation();
  await boris.page.locator('h1').filter({ hasText: 'Wild geese' }).waitFor();

  await anna.page.locator(by('member')).filter({ hasText: 'Boris' }).locator(by('member-menu')).click();
  await anna.page.click(by('member-remove'));
  await anna.page.click(by('confirm'));
  await boris.page.waitForSelector(by('composer-closed'));
  await anna.page.locator('header').filter({ hasText: '2 members' }).waitFor();
});
