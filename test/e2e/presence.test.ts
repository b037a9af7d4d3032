import { expect, test } from 'vitest';
import { by } from './kit/browser.ts';
import { raiseStage } from './kit/stage.ts';

const stage = raiseStage();

test('[G1, G2] who is there, who writes, a chosen status, and who may see it', async () => {
  const id = Math.random().toString(36).slice(2, 8);
  const [anna, boris] = [await stage.open(`anna.${id}`), await stage.open(`boris.${id}`)];
  await Promise.all([anna.signUp('Anna'), boris.signUp('鲍里斯')]);
  await anna.openConversationWith(boris.handle);
  await anna.write('hello');
  await boris.openNewestConversation();
  const dot = (state: string) => anna.page.locator(`header ${by('presence-dot')}[data-state="${state}"][aria-label]`);
  const detail = anna.page.locator(by('conversation-detail'));
  await detail.filter({ hasText: /^online/ }).waitFor();

  await boris.page.locator(by('composer-input')).pressSequentially('正在');
  await anna.page.locator(`header ${by('typing')}`).waitFor();
  await anna.page.locator(`${by('conversation-item')} ${by('typing')}`).waitFor();
  await boris.page.press(by('composer-input'), 'Enter');
  await detail.waitFor();

  await boris.page.click(by('own-status'));
  await boris.page.hover(by('status-do-not-disturb'));
  await boris.page.click(by('pause-60'));
  await dot('do-not-disturb').waitFor();
  expect(await boris.page.getAttribute(by('own-status'), 'data-choice')).toBe('do-not-disturb');

  await boris.page.click(by('settings-open'));
  await boris.page.click(by('settings-privacy'));
  await boris.page.locator(by('presence-audience')).getByRole('radio', { name: 'Nobody' }).click();
  await detail.filter({ hasText: 'offline' }).waitFor();
});
