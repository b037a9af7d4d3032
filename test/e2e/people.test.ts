import { describe, expect, test } from 'vitest';
import { by, type Person } from './kit/browser.ts';
import { raiseStage } from './kit/stage.ts';

const stage = raiseStage();
const newId = () => Math.random().toString(36).slice(2, 8);

async function couple(): Promise<{ anna: Person; boris: Person }> {
  const id = newId();
  const [anna, boris] = [await stage.open(`anna.${id}`), await stage.open(`boris.${id}`)];
  await Promise.all([anna.signUp('Anna'), boris.signUp('鲍里斯')]);
  return { anna, boris };
}

async function linkOf(person: Person): Promise<string> {
  return (await person.page.locator(by('link-text')).textContent()) ?? '';
}

const state = (person: Person, name: string) =>
  person.page.waitForSelector(`${by('friendship')}[data-state="${name}"]`);

describe('people', () => {
  test('[B1, B2, B3, B4] a link leads to somebody, who is asked, renamed, labelled, introduced and blocked', async () => {
    const { anna, boris } = await couple();
    await boris.page.click(by('contacts-open'));
    await boris.page.click(by('my-link'));
    await boris.page.waitForSelector(by('qr'));
    const link = await linkOf(boris);
    await boris.page.keyboard.press('Escape');

    await anna.page.goto(link);
    await anna.page.click(by('friend-add'));
    await anna.page.fill(by('friend-greeting'), '我是安娜');
    await anna.page.click(by('friend-send'));
    await state(anna, 'requested');
    await boris.page
      .locator(by('friend-request'))
      .filter({ hasText: '我是安娜' })
      .locator(by('request-accept'))
      .click();
    await state(anna, 'friends');
    await boris.page.locator(by('contact')).filter({ hasText: 'Anna' }).waitFor();

    await anna.page.fill(by('profile-remark'), '老鲍');
    await anna.page.fill(by('profile-label-new'), '同事');
    await anna.page.press(by('profile-label-new'), 'Enter');
    await anna.page.locator(by('profile-title')).filter({ hasText: '老鲍' }).waitFor();
    await anna.page.click(by('profile-send-card'));
    await anna.page.locator(by('forward-target')).filter({ hasText: 'Notes to self' }).click();
    await anna.page.click(by('card-send'));
    await anna.page.click(by('profile-block'));
    await anna.page.click(by('confirm'));
    await anna.page.waitForSelector(by('profile-blocked'));
    await anna.page.keyboard.press('Escape');

    await anna.page.locator(by('conversation-item')).filter({ hasText: 'Notes to self' }).click();
    await anna.page.locator(by('contact-card')).filter({ hasText: '老鲍' }).waitFor();
    await boris.page.click(by('contacts-close'));
    await boris.openConversationWith(anna.handle);
    await boris.write('can you read this?');
    await boris.sees('can you read this?', 'failed');

    await anna.page.click(by('settings-open'));
    await anna.page.click(by('settings-privacy'));
    await anna.page.click(by('unblock'));
    await expect.poll(() => anna.page.locator(by('blocked')).count(), { timeout: 10_000 }).toBe(0);
  });

  /** A group of one, whose panel is open at how it is joined by link. */
  async function found(anna: Person): Promise<void> {
    const { page } = anna;
    await page.click(by('group-new'));
    await page.fill(by('group-name'), '大雁');
    await page.click(by('group-create'));
    await page.click(by('group-info'));
    await page.click(by('group-link'));
  }

  /** The group's link, once the server has what was changed about joining by it. */
  async function linkAfter(anna: Person, change: () => Promise<void>): Promise<string> {
    const changed = anna.page.locator(by('system-line')).filter({ hasText: 'changed what members may do' });
    const before = await changed.count();
    await change();
    await expect.poll(() => changed.count(), { timeout: 10_000 }).toBeGreaterThan(before);
    return linkOf(anna);
  }

  test('[E2] a group is joined by its link after an administrator said yes', async () => {
    const { anna, boris } = await couple();
    await found(anna);
    const link = await linkAfter(anna, () => anna.page.click(by('joining-2')));
    await boris.page.goto(link);
    await boris.page.fill(by('join-text'), 'I fly too');
    await boris.page.click(by('join-send'));
    await boris.page.waitForSelector(by('join-waiting'));
    await anna.page.keyboard.press('Escape');
    await anna.page.locator(by('join-request')).filter({ hasText: 'I fly too' }).locator(by('request-accept')).click();
    await boris.page.locator('h1').filter({ hasText: '大雁' }).waitFor();
  });

  test('[E2] a group is joined by its link with the right answer', async () => {
    const { anna, boris } = await couple();
    await found(anna);
    const link = await linkAfter(anna, async () => {
      await anna.page.click(by('joining-3'));
      await anna.page.fill(by('joining-question'), '大雁往哪儿飞？');
      await anna.page.fill(by('joining-answer'), '南');
      await anna.page.click(by('joining-save'));
    });
    await boris.page.goto(link);
    await boris.page.fill(by('join-text'), '北');
    await boris.page.click(by('join-send'));
    await boris.page.getByText('That was not right.').waitFor();
    await boris.page.fill(by('join-text'), '南');
    await boris.page.click(by('join-send'));
    await boris.page.locator('h1').filter({ hasText: '大雁' }).waitFor();
  });
});
