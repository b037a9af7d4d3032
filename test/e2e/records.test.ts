import { describe, expect, test } from 'vitest';
import { by, type Person } from './kit/browser.ts';
import { raiseStage } from './kit/stage.ts';

const stage = raiseStage();

const suffix = () => Math.random().toString(36).slice(2, 8);

/** Anna at two browsers, and Boris; the conversation is open on Anna's first one. */
async function threeBrowsers() {
  const id = suffix();
  const anna = await stage.open(`anna.${id}`);
  const boris = await stage.open(`boris.${id}`);
  await anna.signUp('Anna');
  await boris.signUp('Boris');
  await anna.openConversationWith(boris.handle);
  await anna.write('hello');
  await anna.sees('hello', 'sent', 'delivered');
  const second = await stage.open(anna.handle);
  await second.signIn();
  await item(second, 'Boris').waitFor();
  return { anna, boris, second };
}

const item = (person: Person, name: string) => person.page.locator(by('conversation-item')).filter({ hasText: name });
const composed = (person: Person, text: string) =>
  expect.poll(() => person.page.inputValue(by('composer-input')), { timeout: 10_000 }).toBe(text);
const listed = (person: Person, name: string, count: number) =>
  expect.poll(() => item(person, name).count(), { timeout: 10_000 }).toBe(count);

describe('what an account keeps alike on its devices', () => {
  test('[REC-4, REC-6, O1] a draft appears in the list and the composer of the other device, survives a reload, and goes when it is sent', async () => {
    const { anna, second } = await threeBrowsers();
    await anna.page.fill(by('composer-input'), 'half a thought');
    await item(second, 'half a thought').waitFor();
    await item(second, 'Boris').click();
    await composed(second, 'half a thought');
    await second.page.fill(by('composer-input'), 'half a thought, and the other half');
    await second.page.reload();
    await composed(second, 'half a thought, and the other half');
    await anna.page.locator(by('composer-input')).blur();
    await composed(anna, 'half a thought, and the other half');
    await anna.page.press(by('composer-input'), 'Enter');
    await second.sees('half a thought, and the other half');
    await composed(second, '');
  });

  test('[REC-5, REC-6] a draft and a language chosen without a network reach the other device later', async () => {
    const { anna, second } = await threeBrowsers();
    await anna.context.setOffline(true);
    await anna.page.fill(by('composer-input'), 'from the tunnel');
    await anna.page.click(by('settings-open'));
    await anna.page.getByRole('radio', { name: '中文' }).click();
    await expect.poll(() => anna.page.getAttribute('html', 'lang')).toBe('zh-CN');
    expect(await second.page.getAttribute('html', 'lang')).toBe('en');
    await anna.context.setOffline(false);
    await item(second, 'from the tunnel').waitFor();
    await expect.poll(() => second.page.getAttribute('html', 'lang')).toBe('zh-CN');
  });

  test('[REC-9, D2] a conversation marked as unread is so on both devices, until one of them opens it', async () => {
    const { anna, second } = await threeBrowsers();
    const marked = (person: Person, count: number) =>
      expect.poll(() => item(person, 'Boris').locator(by('unread-mark')).count(), { timeout: 10_000 }).toBe(count);
    await anna.page.click(by('conversation-actions'));
    await anna.page.click(by('conversation-mark-unread'));
    await Promise.all([marked(anna, 1), marked(second, 1)]);
    await second.page.reload();
    await marked(second, 1);
    expect(await second.page.title()).toContain('(1)');
    await item(second, 'Boris').click();
    await Promise.all([marked(anna, 0), marked(second, 0)]);

    await item(anna, 'Boris').click({ button: 'right' });
    await anna.page.click(by('conversation-mark-unread'));
    await marked(anna, 1);
    await item(anna, 'Boris').click({ button: 'right' });
    await anna.page.click(by('conversation-mark-read'));
    await marked(anna, 0);
  });

  test('[REC-8] a deleted conversation leaves the list on both devices, undoing brings it back, something new too', async () => {
    const { anna, boris, second } = await threeBrowsers();
    await item(second, 'Boris').click({ button: 'right' });
    await second.page.click(by('conversation-delete'));
    await Promise.all([listed(second, 'Boris', 0), listed(anna, 'Boris', 0)]);
    await second.page.click(by('deleted-undo'));
    await Promise.all([listed(second, 'Boris', 1), listed(anna, 'Boris', 1)]);
    await anna.sees('hello');

    await anna.page.click(by('conversation-actions'));
    await anna.page.click(by('conversation-delete'));
    await Promise.all([listed(second, 'Boris', 0), listed(anna, 'Boris', 0)]);
    expect(await anna.page.locator(by('composer-input')).count()).toBe(0);
    await boris.page.click(by('conversation-item'));
    await boris.sees('hello');
    await boris.write('are you there?');
    await item(second, 'are you there?').click();
    await second.sees('are you there?');
    expect((await second.messages()).map(({ seq }) => seq)).toEqual([2]);
  });

  test('[REC-8] the keyboard alone deletes a conversation and goes on in the list', async () => {
    const { second } = await threeBrowsers();
    await item(second, 'Boris').focus();
    await second.page.keyboard.press('Shift+F10');
    await second.page.locator(by('conversation-delete')).focus();
    await second.page.keyboard.press('Enter');
    await listed(second, 'Boris', 0);
    const focused = () => second.page.evaluate('document.activeElement.dataset.testid');
    await expect.poll(focused).toBe('conversation-item');
  });
});
