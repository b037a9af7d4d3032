import { setTimeout as wait } from 'node:timers/promises';
import { SeededRandom } from '../../../packages/testkit/random/seeded-random.ts';
import { launchBrowser } from '../../e2e/kit/browser.ts';
import { ServerProcess } from '../../e2e/kit/server-process.ts';
import { assemble, GROUP, type Somebody } from './cast.ts';
import { pickDeed } from './deeds.ts';
import type { Device } from './device.ts';
import { AllSaid } from './said.ts';
import { compare } from './verdict.ts';
import { strike } from './weather.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const CALM_MS = 20 * SECOND_MS;

interface Conversation {
  title: string;
  where: string;
}

/** Ten people, two of them with two devices; answers whether everything was as promised. */
export async function playHour(minutes: number, seed: number, log: (line: string) => void): Promise<boolean> {
  const random = new SeededRandom(seed);
  const server = await ServerProcess.create();
  const browser = await launchBrowser();
  try {
    const people = await assemble(browser, server.url);
    const devices = people.flatMap((somebody) => somebody.devices);
    log(`${people.length} people with ${devices.length} devices are there`);
    const said = new AllSaid();
    const tally = new Map<string, number>();
    const untilMs = Date.now() + minutes * MINUTE_MS;
    const isOver = () => Date.now() > untilMs;
    const weatherRandom = random.fork();
    const weather = async () => {
      while (!isOver()) {
        await wait(weatherRandom.between(10, 30) * SECOND_MS);
        log(await strike(weatherRandom, devices, server, (ms) => wait(ms)));
      }
    };
    const lives = people.flatMap((somebody) =>
      somebody.devices.map((device) =>
        live(device, conversationsOf(somebody, people), random.fork(), said, tally, isOver),
      ),
    );
    await Promise.all([weather(), ...lives]);
    await wait(CALM_MS);
    const complaints = devices.flatMap(({ name, complaints: own }) => own.map((what) => `${name}: ${what}`));
    const inGroup = devices.map((device) => ({ device, title: GROUP }));
    complaints.push(...(await compare('group', inGroup, said)));
    const inCouple = couple(people).flatMap(([somebody, peer]) =>
      somebody.devices.map((device) => ({ device, title: peer.name })),
    );
    complaints.push(...(await compare('couple', inCouple, said)));
    for (const [what, count] of [...tally].sort()) log(`${what.padEnd(50)}${count}`);
    for (const complaint of complaints.slice(0, 50)) log(`COMPLAINT ${complaint}`);
    const recalled = said.all.filter(({ state }) => state === 'recalled').length;
    log(`${said.all.length} messages written, ${recalled} recalled, ${complaints.length} complaints`);
    return complaints.length === 0;
  } finally {
    await browser.close();
    await server.dispose();
  }
}

/** One device's part, deed after deed. What the screen does not allow just then is left. */
async function live(
  device: Device,
  conversations: readonly Conversation[],
  random: SeededRandom,
  said: AllSaid,
  tally: Map<string, number>,
  isOver: () => boolean,
): Promise<void> {
  let where = 'group';
  const count = (what: string) => tally.set(what, (tally.get(what) ?? 0) + 1);
  while (!isOver()) {
    await wait(random.between(1, 12) * SECOND_MS);
    const { deed, name } = pickDeed(random);
    try {
      const here = conversations.find((conversation) => conversation.where === where);
      // Escape may have closed it.
      if (here !== undefined && !(await device.isWriting())) await device.openConversation(here.title);
      await deed({
        ...{ device, random, said, conversations, where },
        open: (opened) => {
          where = opened;
        },
      });
      count(name);
    } catch (error) {
      count(`${name}: left`);
      if (process.env.HOUR_TELLS === '1') console.log(device.name, name, String(error).slice(0, 400));
      await device.page.keyboard.press('Escape').catch(() => undefined);
    }
  }
}

const couple = ([anna, boris]: readonly Somebody[]): [Somebody, Somebody][] =>
  anna === undefined || boris === undefined
    ? []
    : [
        [anna, boris],
        [boris, anna],
      ];

function conversationsOf(somebody: Somebody, people: readonly Somebody[]): Conversation[] {
  const peer = couple(people).find(([one]) => one === somebody)?.[1];
  return [{ title: GROUP, where: 'group' }, ...(peer === undefined ? [] : [{ title: peer.name, where: 'couple' }])];
}
