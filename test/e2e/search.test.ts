import { describe, expect, test } from 'vitest';
import { by, type Person } from './kit/browser.ts';
import { raiseStage } from './kit/stage.ts';

const stage = raiseStage();

/** Two people; the first has written more than a screen, with one message about geese at its beginning. */
async function couple(): Promise<{ anna: Person; boris: Person }> {
  const id = Math.random().toString(36).slice(2, 8);
  const [anna, boris] = [await stage.open(`anna.${id}`), await stage.open(`boris.${id}`)];
  await Promise.all([anna.signUp('Anna'), boris.signUp('鲍里斯')]);
  await anna.openConversationWith(boris.handle);
  await anna.write('鸿雁 means wild goose, see https://goose.example');
  await boris.openNewestConversation();
  await boris.write('鸿雁传书');
  await anna.sees('鸿雁传书');
  for (let count = 1; count <= 40; count++) await anna.write(`line ${count}`);
  await anna.sees('line 40', 'sent', 'delivered', 'read');
  return { anna, boris };
}

const hits = ({ page }: Person) => page.locator(by('message-hit'));

/** Types it until the server has taken in what was written, and the hits are as many. */
async function finds({ page }: Person, field: string, text: string, count: number): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.fill(by(field), '');
        await page.fill(by(field), text);
        await page
          .locator(`${by('message-hit')}, ${by('search-empty')}`)
          .first()
          .waitFor();
        return page.locator(by('message-hit')).count();
      },
      { timeout: 20_000 },
    )
    .toBe(count);
}

/** Whether the message with this text is on the screen. */
const isInView = (person: Person, text: string) =>
  expect.poll(async () => {
    const box = await person.message(text).boundingBox();
    const { height } = person.page.viewportSize() ?? { height: 0 };
    return box !== null && box.y >= 0 && box.y + box.height <= height;
  });

describe('messages are found', () => {
  test('[C8] over all conversations, by keyboard, marked, and shown in their place', async () => {
    const { anna } = await couple();
    const { page } = anna;
    await page.keyboard.press('Control+k');
    await finds(anna, 'people-search', '鸿雁', 2);
    expect(await hits(anna).first().locator('mark').textContent()).toBe('鸿雁');
    await page.press(by('people-search'), 'ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator(':focus').textContent()).toContain('means wild goose');
    await page.keyboard.press('Enter');
    await isInView(anna, 'means wild goose').toBe(true);
    await hits(anna).nth(1).focus();
    await page.keyboard.press('Escape');
    expect(await page.locator(':focus').getAttribute('data-testid')).toBe('people-search');
    await page.keyboard.press('Escape');
    expect(await page.inputValue(by('people-search'))).toBe('');
  });

  test('[C8] in one conversation, by person, kind and date', async () => {
    const { anna, boris } = await couple();
    const { page } = anna;
    await page.click(by('conversation-search-open'));
    await finds(anna, 'conversation-search-text', '鸿雁', 2);
    await page.selectOption(by('filter-person'), { label: '鲍里斯' });
    await expect.poll(() => hits(anna).count()).toBe(1);
    expect(await hits(anna).first().textContent()).toContain('传书');
    await page.selectOption(by('filter-person'), '');
    await page.selectOption(by('filter-kind'), 'link');
    await page.getByText('means wild').first().waitFor();
    await page.selectOption(by('filter-kind'), '');
    await page.selectOption(by('filter-span'), 'days');
    await page.fill(by('filter-last-day'), '2020-01-01');
    await page.locator(by('search-empty')).waitFor();
    await page.fill(by('filter-last-day'), '');
    await expect.poll(() => hits(anna).count()).toBe(2);
    await page.keyboard.press('Escape');
    await page.locator(by('conversation-search')).waitFor({ state: 'detached' });
    await boris.page.setViewportSize({ width: 390, height: 800 });
    await boris.page.click(by('conversation-search-open'));
    await finds(boris, 'conversation-search-text', 'goose', 1);
    await hits(boris).first().click();
    await boris.page.locator(by('conversation-search')).waitFor({ state: 'detached' });
    await isInView(boris, 'means wild goose').toBe(true);
  });

  test('[C8, P7] but not when they were recalled', async () => {
    const { anna, boris } = await couple();
    await anna.page.click(by('conversation-search-open'));
    await finds(anna, 'conversation-search-text', '传书', 1);
    await boris.page.fill(by('people-search'), '');
    await boris.page.click(by('conversation-search-open'));
    await finds(boris, 'conversation-search-text', '传书', 1);
    await hits(boris).first().click();
    await boris.choose('鸿雁传书', 'message-recall');
    await finds(anna, 'conversation-search-text', '传书', 0);
  });

  test('[C8, SRC-8] without the server in what this browser holds, which is said', async () => {
    const { anna } = await couple();
    const { page, context } = anna;
    await finds(anna, 'people-search', '鸿雁', 2);
    await page.fill(by('people-search'), '');
    await context.setOffline(true);
    await anna.connectionIs('offline');
    await page.click(by('conversation-search-open'));
    await page.fill(by('conversation-search-text'), '鸿雁');
    await page.locator(by('search-partial')).waitFor();
    expect(await hits(anna).count()).toBe(2);
    await context.setOffline(false);
    await page.locator(by('search-partial')).waitFor({ state: 'detached', timeout: 30_000 });
    expect(await hits(anna).count()).toBe(2);
  });
});
