import { by } from '../../e2e/kit/browser.ts';
import type { Device, Shown } from './device.ts';
import { type AllSaid, marksIn } from './said.ts';

/** A device, and what a conversation is called there. */
export interface Seen {
  device: Device;
  title: string;
}

/** What all devices that see one conversation show of it, held against each other and against what was written. */
export async function compare(where: string, seen: readonly Seen[], said: AllSaid): Promise<string[]> {
  const complaints: string[] = [];
  const views = new Map<Device, Map<string, Shown>>();
  const devices = seen.map(({ device }) => device);
  for (const { device, title } of seen) {
    await device.openConversation(title);
    views.set(device, await device.wholeConversation());
  }
  const [first] = devices;
  const truth = (first && views.get(first)) ?? new Map<string, Shown>();
  for (const [device, view] of views) {
    const ids = new Set([...truth.keys(), ...view.keys()]);
    for (const id of ids) {
      const [a, b] = [truth.get(id), view.get(id)];
      if (a?.text !== b?.text)
        complaints.push(`${where}: ${first?.name} sees "${a?.text}", ${device.name} "${b?.text}"`);
      else if (a?.reactions.join() !== b?.reactions.join()) {
        complaints.push(
          `${where}: of "${a?.text}" ${first?.name} sees ${a?.reactions}, ${device.name} ${b?.reactions}`,
        );
      }
    }
    const open = [...view.values()].filter(({ state }) => ['queued', 'sending', 'failed'].includes(state));
    if (open.length > 0)
      complaints.push(`${where}: on ${device.name} ${open.length} messages are not sent: ${open[0]?.text}`);
  }
  for (const { device, title } of seen) {
    const badge = device.item(title).locator(by('unread-badge'));
    if ((await badge.count()) === 0) continue;
    complaints.push(`${where}: ${device.name} has read all and sees ${await badge.textContent()} unread`);
  }
  const times = new Map<string, number>();
  for (const { text } of truth.values()) {
    const [mark] = marksIn(text);
    if (mark !== undefined) times.set(mark, (times.get(mark) ?? 0) + 1);
  }
  for (const { mark, text, state } of said.all.filter((each) => each.where === where)) {
    const count = times.get(mark) ?? 0;
    if (count > 1) complaints.push(`${where}: "${text}" is there ${count} times`);
    if (count === 0 && state === 'written') complaints.push(`${where}: "${text}" is lost`);
    if (count === 0 && state === 'recalled') complaints.push(...(await keptBy(devices, mark)));
  }
  return complaints;
}

/** Devices that still keep a text which was recalled. */
async function keptBy(devices: readonly Device[], mark: string): Promise<string[]> {
  const kept: string[] = [];
  for (const device of devices) {
    if (marksIn(await device.storedText()).includes(mark))
      kept.push(`${device.name} still keeps ${mark}, which was recalled`);
  }
  return kept;
}
