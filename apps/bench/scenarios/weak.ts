import { setTimeout as wait } from 'node:timers/promises';
import { SeededRandom } from '@hongyan/testkit/random';
import type { Transport } from '../client/link.ts';
import type { System } from '../run/system.ts';
import { LabMeters } from '../weak/meters.ts';
import { WeakPath } from '../weak/path.ts';
import { WeakPerson } from '../weak/person.ts';
import { type ProfileName, profiles } from '../weak/profiles/index.ts';
import type { Outcome } from './report.ts';

export interface WeakOptions {
  profile: ProfileName;
  transport: Transport;
  clients: number;
  /** How long the network is weak. */
  seconds: number;
  seed: number;
}

const MS_PER_SECOND = 1000;
/** When the network is good again everything has to arrive within this time. */
const SETTLE_DEADLINE_MS = 120_000;
const SETTLE_ASK_MS = 100;
/** Who reports that a run did not settle names this many at most. */
const NAMED_MAX = 5;

/** Pairs of people who chat, both on weak networks of their own. */
export async function runWeak(system: System, options: WeakOptions, log: (line: string) => void): Promise<Outcome> {
  const { profile, transport, clients, seconds, seed } = options;
  const random = new SeededRandom(seed);
  const meters = new LabMeters();
  const people: WeakPerson[] = [];
  const [door] = system.doors;
  if (door === undefined) throw new Error('there is no gateway');
  try {
    log(`creating ${clients} accounts`);
    for (let index = 0; index < clients; index++) {
      const person = new WeakPerson(await WeakPath.to(transport, door, random.fork()), random.fork(), meters);
      people.push(person);
      await person.arrive(`weak${index}`);
    }
    log(`${clients} people over ${transport}: ${seconds} s of ${profile}, seed ${seed}`);
    const weather = AbortSignal.timeout(seconds * MS_PER_SECOND);
    await Promise.all(
      people.map((person, index) => person.live(partnerOf(people, index), profiles[profile](random.fork()), weather)),
    );
    log('the network is good again');
    const settleMs = await settled(people, log);
    return outcome(options, meters, people, { settleMs, disagreements: await disagreements(people) });
  } finally {
    await Promise.all(people.map((person) => person.close()));
  }
}

/** How long it took until nothing was on its way any more; undefined when it took too long. */
async function settled(people: readonly WeakPerson[], log: (line: string) => void): Promise<number | undefined> {
  const startMs = performance.now();
  while (performance.now() - startMs < SETTLE_DEADLINE_MS) {
    if (people.every(({ isSettled }) => isSettled)) return Math.round(performance.now() - startMs);
    await wait(SETTLE_ASK_MS);
  }
  log('it did not settle:');
  for (const { status } of people.filter(({ isSettled }) => !isSettled).slice(0, NAMED_MAX)) log(`  ${status}`);
  return undefined;
}

/** Conversations that the two devices do not show alike. */
async function disagreements(people: readonly WeakPerson[]): Promise<number> {
  const histories = await Promise.all(people.map((person, index) => person.history(partnerOf(people, index))));
  return histories.filter((ids, index) => index % 2 === 0 && ids.join() !== histories[index + 1]?.join()).length;
}

function outcome(
  { profile, transport, clients, seconds, seed }: WeakOptions,
  meters: LabMeters,
  people: readonly WeakPerson[],
  end: { settleMs: number | undefined; disagreements: number },
): Outcome {
  const total = (count: (person: WeakPerson) => number) => people.reduce((sum, person) => sum + count(person), 0);
  const sent = total(({ judge }) => judge.written);
  const delivered = total(({ judge }) => judge.delivered);
  const json = {
    scenario: 'weak',
    profile,
    transport,
    clients,
    seconds,
    seed,
    sent,
    delivered,
    deliveredPercent: sent === 0 ? 0 : Math.floor((delivered / sent) * 10_000) / 100,
    duplicated: total(({ judge }) => judge.duplicated),
    outOfOrder: total(({ judge }) => judge.outOfOrder) + end.disagreements,
    failed: meters.failed,
    outages: meters.outages,
    reconnects: total(({ sessions }) => sessions.begun - 1),
    resumed: total(({ sessions }) => sessions.resumed),
    recoverMs: meters.recover.percentiles(),
    deliveryMs: meters.delivery.percentiles(),
    settleMs: end.settleMs ?? null,
    bytesPerMessage: sent === 0 ? 0 : Math.round(total(({ path }) => path.bytes) / sent),
  };
  const { duplicated, outOfOrder, failed, outages, reconnects, resumed, recoverMs, deliveryMs } = json;
  const settling = end.settleMs === undefined ? 'not settled' : `settled after ${end.settleMs} ms`;
  const lines = [
    `sent ${sent}, delivered ${delivered} (${json.deliveredPercent} %), duplicated ${duplicated}, out of order ${outOfOrder}`,
    `delivery p50 ${deliveryMs.p50} ms, p99 ${deliveryMs.p99} ms, max ${deliveryMs.max} ms`,
    `recovery p50 ${recoverMs.p50} ms, p99 ${recoverMs.p99} ms, max ${recoverMs.max} ms after ${outages} outages`,
    `failed before "try again" ${failed}, reconnects ${reconnects}, of which resumed ${resumed}, ${settling}`,
  ];
  const good = sent > 0 && delivered === sent && duplicated === 0 && outOfOrder === 0 && end.settleMs !== undefined;
  return { lines, json, good };
}

function partnerOf(people: readonly WeakPerson[], index: number): WeakPerson {
  const partner = people[index ^ 1];
  if (partner === undefined) throw new RangeError('people come in pairs');
  return partner;
}
