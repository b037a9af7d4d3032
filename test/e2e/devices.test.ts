import { expect, test } from 'vitest';
import { by } from './kit/browser.ts';
import { raiseStage } from './kit/stage.ts';

const stage = raiseStage();

test('[A1] devices are listed, renamed and signed out, and each is told why', async () => {
  const handle = `anna.${Math.random().toString(36).slice(2, 8)}`;
  const anna = await stage.open(handle);
  await anna.signUp('Anna');
  const [second, third] = [await stage.open(handle), await stage.open(handle)];
  await second.signIn();
  const page = anna.page;
  await page.click(by('settings-open'));
  await page.click(by('settings-devices'));
  const devices = page.locator(by('device'));
  const others = page.locator(`${by('device')}[data-current="false"]`);
  await expect.poll(() => devices.count(), { timeout: 10_000 }).toBe(2);

  await page.locator(`${by('device')}[data-current="true"] ${by('device-rename')}`).click();
  await page.fill(by('device-name'), '办公室的浏览器');
  await page.press(by('device-name'), 'Enter');
  await devices.filter({ hasText: '办公室的浏览器' }).waitFor();

  await others.locator(by('device-end')).click();
  await page.click(by('confirm'));
  await second.page.locator(by('session-ended')).filter({ hasText: '办公室的浏览器' }).waitFor();
  await expect.poll(() => devices.count(), { timeout: 10_000 }).toBe(1);

  // The list is live: a device that signs in appears in it.
  await third.signIn();
  await expect.poll(() => devices.count(), { timeout: 10_000 }).toBe(2);

  await page.click(by('settings-back'));
  await page.click(by('settings-password'));
  await page.fill(by('password-current'), 'not my password');
  await page.fill(by('password-new'), 'a better password');
  await page.click(by('password-change'));
  await page.getByText('That is not your current password.').waitFor();
  await page.fill(by('password-current'), `password of ${handle}`);
  await page.click(by('password-change'));
  await third.page.waitForSelector(`${by('session-ended')}[data-reason="password-changed"]`);
});
