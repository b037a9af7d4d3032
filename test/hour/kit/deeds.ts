import type { SeededRandom } from '../../../packages/testkit/random/seeded-random.ts';
import { by } from '../../e2e/kit/browser.ts';
import type { Device } from './device.ts';
import { type AllSaid, marksIn, type Said } from './said.ts';

export interface Circumstances {
  device: Device;
  random: SeededRandom;
  said: AllSaid;
  /** Titles of the conversations that this person sees, each with the name it has here. */
  conversations: readonly { title: string; where: string }[];
  /** What is open on this device. */
  where: string;
  open(where: string): void;
}

const sentences = [
  'on my way, five minutes',
  '今天下午三点开会，别忘了带电脑',
  'did anybody see my charger?',
  '好的，没问题 👍',
  'The train is late again. **Twenty** minutes!',
  '我刚看完那本书，真的很好看',
  '`npm start` and it runs',
  '晚上一起吃火锅吗？',
  'ありがとう、また明日',
  'see https://example.com/a/very/long/address/that/does/not/end?with=a&query=string for all of it',
];

type Deed = (at: Circumstances) => Promise<void>;

/** Writes, and remembers that it did once the composer has let go of it. */
const write: Deed = async ({ device, random, said, where }) => {
  const message = said.write(device.name, where, random.pick(sentences));
  await device.person.write(message.text);
  message.state = 'written';
};

/** A message that is on the screen and was not recalled: anybody's, or one that was written on this device. */
async function onScreen({ device, random, said }: Circumstances, isMine: boolean): Promise<Said | undefined> {
  const shown = await device.shown();
  const messages = [...shown.values()]
    .flatMap(({ text }) => marksIn(text)[0] ?? [])
    .flatMap((mark) => said.of(mark) ?? [])
    .filter(({ state, writer }) => state === 'written' && (!isMine || writer === device.name));
  return messages.length === 0 ? undefined : random.pick(messages);
}

async function choose({ device }: Circumstances, { mark }: Said, choice: string): Promise<boolean> {
  await device.person.message(mark).click({ button: 'right' });
  const item = device.page.locator(by(choice));
  if (await item.isVisible()) {
    await item.click();
    return true;
  }
  await device.page.keyboard.press('Escape');
  return false;
}

const reply: Deed = async (at) => {
  const message = await onScreen(at, false);
  if (message === undefined || !(await choose(at, message, 'message-reply'))) return;
  await write(at);
};

const react: Deed = async (at) => {
  const message = await onScreen(at, false);
  if (message !== undefined) await choose(at, message, at.random.pick(['react-👍', 'react-❤️']));
};

const edit: Deed = async (at) => {
  const message = await onScreen(at, true);
  if (message === undefined || !(await choose(at, message, 'message-edit'))) return;
  await at.device.person.write(at.said.edited(message, `${at.random.pick(sentences)} (edited)`));
};

const recall: Deed = async (at) => {
  const message = await onScreen(at, true);
  if (message === undefined) return;
  message.state = 'recalled';
  if (!(await choose(at, message, 'message-recall'))) message.state = 'written';
};

const turnTo: Deed = async ({ device, random, conversations, open }) => {
  const { title, where } = random.pick(conversations);
  await device.openConversation(title);
  open(where);
};

const lookBack: Deed = async ({ device }) => {
  await device.page.locator(by('timeline')).hover();
  for (let step = 0; step < 8; step += 1) await device.page.mouse.wheel(0, -500);
  const jump = device.page.locator(by('jump-latest'));
  await device.page.waitForTimeout(300);
  if (await jump.isVisible()) await jump.click();
};

const typeAndThinkAgain: Deed = async ({ device }) => {
  const input = device.page.locator(by('composer-input'));
  await input.pressSequentially('well, ', { delay: 60 });
  await input.fill('');
};

const reload: Deed = async ({ device }) => {
  if (device.isOnline) await device.page.reload();
};

const search: Deed = async ({ device, random }) => {
  const field = device.page.locator(by('people-search'));
  await field.fill(random.pick(['火锅', 'train', 'Dora', '开会']));
  await device.page.waitForTimeout(500);
  await field.fill('');
};

/** Each as often as people do it. */
const deeds: readonly { deed: Deed; name: string; weight: number }[] = [
  { name: 'write', deed: write, weight: 40 },
  { name: 'reply', deed: reply, weight: 8 },
  { name: 'react', deed: react, weight: 8 },
  { name: 'edit', deed: edit, weight: 6 },
  { name: 'recall', deed: recall, weight: 4 },
  { name: 'turn to another conversation', deed: turnTo, weight: 14 },
  { name: 'look back', deed: lookBack, weight: 6 },
  { name: 'type and think again', deed: typeAndThinkAgain, weight: 5 },
  { name: 'search', deed: search, weight: 3 },
  { name: 'reload', deed: reload, weight: 2 },
];

export function pickDeed(random: SeededRandom): { deed: Deed; name: string } {
  const total = deeds.reduce((sum, { weight }) => sum + weight, 0);
  let at = random.between(0, total - 1);
  for (const each of deeds) {
    at -= each.weight;
    if (at < 0) return each;
  }
  throw new Error('the weights do not add up');
}
