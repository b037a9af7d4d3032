import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { SeededRandom } from '@hongyan/testkit/random';
import type { Settled } from '../../../packages/testkit/checkers/index.ts';
import type { Observation } from '../../../packages/testkit/observation.ts';
import type { Target } from '../../wire/raw-connection.ts';
import { type Role, storeOf, transportOf } from './cast.ts';
import { frozenView } from './frozen-view.ts';
import { HeldBack } from './held-back.ts';
import { Inspector } from './inspector.ts';
import { RealJudge } from './judge.ts';
import { RealDevice } from './real-device.ts';
import { Sightings } from './sightings.ts';

/** When faults have stopped, everything must be well within this time. */
const SETTLE_DEADLINE_MS = 90_000;
const SETTLE_ASK_MS = 200;
const PASSWORD = 'correct horse battery';

/** Where a device finds what it needs. */
export interface Access extends Target {
  /** Of the REST API. */
  url: string;
}

/** What serves the people of a world. */
export interface Place {
  accessOf(role: Role): Access;
  /** The way of the judge, which nobody disturbs. */
  readonly judged: Access;
  dispose(): Promise<void>;
}

export interface WorldParts {
  place: Place;
  cast: readonly Role[];
  random: SeededRandom;
  /** Is shown everything, too. */
  observe?: ((observation: Observation) => void) | undefined;
}

/** Real clients at something real that serves them, and the judge who sees all of it. */
export class World {
  readonly judge = new RealJudge();
  readonly sightings = new Sightings(() => this.judge.complaints);
  readonly random: SeededRandom;
  readonly devices: RealDevice[] = [];
  readonly #place: Place;
  readonly #cast: readonly Role[];
  readonly #alsoObserve: (observation: Observation) => void;
  readonly #inspector: Inspector;
  #folder = '';
  readonly #heldBack = new HeldBack((observation) => this.judge.observe(observation));

  constructor({ place, cast, random, observe = () => {} }: WorldParts) {
    this.#place = place;
    this.#inspector = new Inspector(place.judged);
    this.#cast = cast;
    this.random = random;
    this.#alsoObserve = observe;
  }

  /** Brings everybody in. Resolves when all are online and show their conversations with all others. */
  async populate(): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), 'hongyan-faults-'));
    for (const [index, role] of this.#cast.entries()) await this.#enter(role, index);
    const userIds = new Set(this.devices.map(({ userId }) => userId));
    for (const device of this.devices) {
      for (const userId of userIds) if (userId !== device.userId) device.show(userId);
    }
    await this.sightings.until(() => this.devices.every(({ client }) => client.connection.status === 'online'));
  }

  get isNobodyOnline(): boolean {
    return this.devices.every(({ client }) => client.connection.status !== 'online');
  }

  /** Everybody looks at their device and tries to connect at once. */
  hurry(): void {
    for (const { client } of this.devices) client.reconnectNow();
  }

  /**
   * Shows the judge the logs. What is observed while they are read comes after them, as they may not have it yet. Cursors
   * are not for this moment: a server that was killed gets the last of them from its devices (RCP-6).
   */
  async audit(): Promise<void> {
    this.#heldBack.hold();
    const { logs } = await this.#inspector.read();
    this.judge.audit({ logs, cursors: new Map() });
    this.#heldBack.release();
  }

  /** Faults have stopped: everything has to become as promised. Answers what did not. */
  async verdict(): Promise<string[]> {
    const deadlineMs = performance.now() + SETTLE_DEADLINE_MS;
    let outstanding = this.judge.outstanding(await this.settled());
    while (outstanding.length > 0 && performance.now() < deadlineMs) {
      await wait(SETTLE_ASK_MS);
      outstanding = this.judge.outstanding(await this.settled());
    }
    await this.audit();
    const complaints = [...this.judge.complaints, ...outstanding];
    return complaints.length === 0 ? [] : [...complaints, ...this.judge.trace];
  }

  async settled(): Promise<Settled> {
    const { logs, cursors } = await this.#inspector.read();
    for (const device of this.devices) await device.look();
    return { logs, cursors, devices: this.devices };
  }

  /** As it is at rest, whatever becomes of the devices. */
  async frozen(): Promise<Settled> {
    const { logs, cursors, devices } = await this.settled();
    return { logs, cursors, devices: devices.map(frozenView) };
  }

  async dispose(): Promise<void> {
    await Promise.all(this.devices.map(({ client }) => client.close()));
    await this.#place.dispose();
    if (this.#folder !== '') await rm(this.#folder, { recursive: true, force: true });
  }

  /** Shows something to the judge, and to everybody who waits. */
  observe(observation: Observation): void {
    this.#heldBack.observe(observation);
    this.#alsoObserve(observation);
    this.sightings.saw(observation);
  }

  async #enter(role: Role, index: number): Promise<void> {
    const place = this.#place;
    const access = place.accessOf(role);
    const device = new RealDevice({
      server: access.url,
      store: storeOf(role, this.#folder, String(index)),
      transport: transportOf(role, access),
      observe: (observation) => this.observe(observation),
    });
    const { person } = role;
    const isNew = this.#cast.findIndex((other) => other.person === person) === index;
    const account = { handle: person, password: PASSWORD };
    const { userId, deviceId } = isNew
      ? await device.client.register({ ...account, displayName: person })
      : await device.client.signIn(account);
    this.judge.owns(userId, deviceId);
    this.devices.push(device);
    if (isNew) await this.#inspector.learn(userId, account);
  }
}
