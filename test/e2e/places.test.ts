import { expect, test } from 'vitest';
import { by } from './kit/browser.ts';
import { raiseStage } from './kit/stage.ts';

const stage = raiseStage();

test('[C5, C9] messages that burn or run out, a lifetime for all, and going to a day', async () => {
  const id = Math.random().toString(36).slice(2, 8);
  const [anna, boris] = [await stage.open(`anna.${id}`), await stage.open(`boris.${id}`)];
  await Promise.all([anna.signUp('Anna'), boris.signUp('鲍里斯')]);
  await anna.openConversationWith(boris.handle);
  await anna.write('this one stays');

  await anna.page.click(by('lifetime-button'));
  await anna.page.click(by('lifetime-read-5000'));
  await anna.page.waitForSelector(by('lifetime-bar'));
  await anna.write('for your eyes only');
  await anna.message('for your eyes only').locator(by('burns')).waitFor();
  await boris.openNewestConversation();
  for (const person of [anna, boris]) {
    await person.page.locator(by('system-line')).filter({ hasText: 'This message has expired.' }).waitFor();
    await expect.poll(() => person.page.getByText('for your eyes only').count()).toBe(0);
  }

  await boris.page.click(by('conversation-actions'));
  await boris.page.click(by('conversation-lifetime'));
  await boris.page.click(by('conversation-lifetime-3600000'));
  await anna.page.waitForSelector(by('lifetime-mark'));
  await boris.write('gone in an hour');
  await anna.message('gone in an hour').locator(by('expiry')).waitFor();

  await anna.page.click(by('day'));
  await anna.page.waitForSelector(by('calendar'));
  await anna.page.click(by('jump-today'));
  await anna.sees('this one stays');
});
