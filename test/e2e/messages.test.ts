import { describe, expect, test } from 'vitest';
import { by, type Person } from './kit/browser.ts';
import { raiseStage } from './kit/stage.ts';

const stage = raiseStage();

/** Two people who look at each other's conversation, in which the first has said hello. */
async function couple(): Promise<{ anna: Person; boris: Person }> {
  const id = Math.random().toString(36).slice(2, 8);
  const [anna, boris] = [await stage.open(`anna.${id}`), await stage.open(`boris.${id}`)];
  await Promise.all([anna.signUp('Anna'), boris.signUp('鲍里斯')]);
  await anna.openConversationWith(boris.handle);
  await anna.write('hello Boris');
  await anna.sees('hello Boris', 'sent', 'delivered');
  await boris.openNewestConversation();
  return { anna, boris };
}

describe('what one does with a message is seen by the other', () => {
  test('[C3] a reply with its quote, an edit with its history, and reactions', async () => {
    const { anna, boris } = await couple();
    await boris.choose('hello Boris', 'message-reply');
    await boris.write('你好');
    await anna.message('你好').locator(by('quote')).filter({ hasText: 'hello Boris' }).waitFor();

    await anna.page.press(by('composer-input'), 'ArrowUp');
    await anna.page.waitForSelector(`${by('writing-bar')}[data-kind="edit"]`);
    await anna.write('hello again');
    await boris.sees('hello again');
    await boris.page.locator(by('edited')).first().click();
    await boris.page.locator(by('edit-history')).filter({ hasText: 'hello Boris' }).waitFor();
    await boris.page.keyboard.press('Escape');

    await anna.choose('你好', 'react-❤️');
    const chip = boris.message('你好').locator(by('reaction'));
    await chip.click();
    await anna.message('你好').locator(by('reaction')).filter({ hasText: '2' }).waitFor();
    expect(await chip.getAttribute('aria-pressed')).toBe('true');
  });

  test('[C4] a recalled message is gone for both, and only its sender can write it again', async () => {
    const { anna, boris } = await couple();
    await anna.choose('hello Boris', 'message-recall');
    await boris.page.waitForSelector(by('system-line'));
    for (const person of [anna, boris]) {
      await expect.poll(() => person.page.locator(by('message')).count()).toBe(0);
    }
    expect(await boris.page.locator(by('write-again')).count()).toBe(0);
    await anna.page.click(by('write-again'));
    expect(await anna.page.inputValue(by('composer-input'))).toBe('hello Boris');
  });

  test('[C3] several messages are forwarded as one', async () => {
    const { anna } = await couple();
    await anna.write('and one more');
    await anna.sees('and one more', 'sent', 'delivered', 'read');
    await anna.choose('hello Boris', 'message-select');
    await anna.message('and one more').click();
    await anna.page.click(by('selection-forward'));
    await anna.page.locator(by('forward-target')).filter({ hasText: 'Notes to self' }).click();
    await anna.page.getByText('As one message').click();
    await anna.page.click(by('forward-send'));
    await anna.page.locator(by('conversation-item')).filter({ hasText: 'Notes to self' }).click();
    await anna.sees('hello Boris', 'sent', 'delivered', 'read');
  });
});
