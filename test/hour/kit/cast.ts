import type { Browser } from 'playwright-core';
import { by } from '../../e2e/kit/browser.ts';
import { Device } from './device.ts';

/** Somebody, with the devices they use. */
export interface Somebody {
  name: string;
  devices: Device[];
}

export const GROUP = 'Ten geese 十只雁';
const names = ['Anna', 'Boris', '陈晨', 'Dora', 'Emil', '方圆', 'Gül', 'Hiro', 'Ines', '江雪'];
/** The first ones have two devices each. */
const WITH_TWO = 2;

/** Ten people who are all in one group; the first two talk to each other as well. */
export async function assemble(browser: Browser, url: string): Promise<Somebody[]> {
  const people: Somebody[] = [];
  for (const [at, name] of names.entries()) {
    const handle = `goose.${at}`;
    const first = await Device.open(browser, url, handle, name);
    await first.person.signUp(name);
    people.push({ name, devices: [first] });
  }
  const founder = people[0]?.devices[0]?.person;
  if (founder === undefined) throw new Error('nobody is there');
  await founder.openConversationWith('goose.1');
  await founder.write('hello');
  await founder.page.click(by('group-new'));
  await founder.page.fill(by('group-name'), GROUP);
  for (let at = 1; at < names.length; at += 1) {
    await founder.page.fill(by('picker-search'), `goose.${at}`);
    await founder.page.click(`${by('picker-person')}[data-handle="goose.${at}"]`);
  }
  await founder.page.click(by('group-create'));
  await founder.write('hello all');
  for (const [at, somebody] of people.slice(0, WITH_TWO).entries()) {
    const second = await Device.open(browser, url, `goose.${at}`, `${somebody.name} (second)`);
    await second.person.signIn();
    somebody.devices.push(second);
  }
  for (const { devices } of people) for (const device of devices) await device.openConversation(GROUP);
  return people;
}
