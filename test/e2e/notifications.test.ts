import { expect, test } from 'vitest';
import { by, type Person } from './kit/browser.ts';
import { raiseStage } from './kit/stage.ts';

const stage = raiseStage();
const WAIT = { timeout: 10_000 };

/** What the page notified of is remembered, and whether its window is in front is said by the test. */
async function watched(person: Person): Promise<void> {
  await person.context.grantPermissions(['notifications']);
  await person.context.addInitScript(`
    told = [];
    last = undefined;
    inFront = true;
    document.hasFocus = () => inFront;
    Notification = class extends Notification {
      constructor(title, options) {
        super(title, options);
        told.push(title + ': ' + options.body);
        last = this;
      }
    };
  `);
  await person.page.reload();
}

const leave = (person: Person) => person.page.evaluate(`inFront = false; dispatchEvent(new Event('blur'))`);
const told = (person: Person) => person.page.evaluate<string[]>('told');
const item = (person: Person, name: string) => person.page.locator(by('conversation-item')).filter({ hasText: name });

test('[I2] a notification leads to its conversation; muted conversations, and those of whom one does not want to be disturbed, are silent', async () => {
  const id = Math.random().toString(36).slice(2, 8);
  const [anna, boris] = [await stage.open(`anna.${id}`), await stage.open(`boris.${id}`)];
  await watched(anna);
  await Promise.all([anna.signUp('Anna'), boris.signUp('鲍里斯')]);
  await anna.page.click(by('settings-open'));
  await anna.page.click(by('settings-notifications'));
  await anna.page.click(by('notifications-on'));
  await anna.page.keyboard.press('Escape');
  await anna.page.keyboard.press('Escape');
  await leave(anna);

  await boris.openConversationWith(anna.handle);
  await boris.write('你在吗？');
  await expect.poll(() => told(anna), WAIT).toEqual(['鲍里斯: 你在吗？']);
  expect(await anna.page.title()).toBe('(1) Hongyan');
  await expect.poll(() => anna.page.getAttribute('link[rel="icon"]', 'href'), WAIT).toContain('data:image/svg+xml');
  await anna.page.evaluate('last.onclick()');
  await anna.sees('你在吗？');

  await anna.page.keyboard.press('Escape');
  // A menu that opened before would lose the focus to it.
  await anna.page.waitForSelector(`${by('conversation-item')}:focus`);
  await item(anna, '鲍里斯').click({ button: 'right' });
  await anna.page.click(by('conversation-notify'));
  await anna.page.click(by('notify-none'));
  await item(anna, '鲍里斯').locator(by('muted-mark')).waitFor();
  await boris.write('quietly');
  await item(anna, 'quietly').waitFor();
  expect(await anna.page.title()).toBe('Hongyan');

  await item(anna, '鲍里斯').click({ button: 'right' });
  await anna.page.click(by('conversation-notify'));
  await anna.page.click(by('notify-all'));
  await anna.page.click(by('own-status'));
  await anna.page.hover(by('status-do-not-disturb'));
  await anna.page.click(by('pause-open'));
  await boris.write('please do not ring');
  await item(anna, 'please do not ring').waitFor();
  await anna.page.click(by('own-status'));
  await anna.page.click(by('status-available'));
  await boris.write('now you may');
  await expect.poll(async () => (await told(anna)).at(-1), WAIT).toBe('鲍里斯: now you may');
  expect((await told(anna)).filter((text) => /quietly|please/.test(text))).toEqual([]);

  await item(anna, 'Notes to self').click();
  await anna.write('a note');
  await item(anna, '鲍里斯').click({ button: 'right' });
  await anna.page.click(by('conversation-on-top'));
  await expect.poll(() => anna.page.locator(by('conversation-item')).first().textContent(), WAIT).toContain('鲍里斯');
});
