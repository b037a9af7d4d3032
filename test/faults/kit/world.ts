import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserId } from '@hongyan/protocol';
import { FaultyProxy } from '@hongyan/testkit/proxy';
import { SeededRandom } from '@hongyan/testkit/random';
import type { Settled } from '../../../packages/testkit/checkers/index.ts';
import type { Observation } from '../../../packages/testkit/observation.ts';
import type { ServerProcess } from '../../e2e/kit/server-process.ts';
import { cast, type Role, storeOf, transportOf } from './cast.ts';
import { frozenView } from './frozen-view.ts';
import { RealJudge } from './judge.ts';
import { type Reader, readLogs } from './log-reader.ts';
import { RealDevice } from './real-device.ts';
import { Session } from './session.ts';
import { Sightings } from './sightings.ts';

/** When faults have stopped, everything must be well within this time. */
const SETTLE_DEADLINE_MS = 90_000;
const SETTLE_ASK_MS = 200;
const PASSWORD = 'correct horse battery';

interface FaultWorldParts {
  server: ServerProcess;
  random: SeededRandom;
  folder: string;
  proxies: FaultWorld['proxies'];
  observe: (observation: Observation) => void;
}

/** Real clients at a real server, and the judge who sees all of it. */
export class FaultWorld {
  readonly judge = new RealJudge();
  readonly sightings = new Sightings(() => this.judge.complaints);
  readonly random: SeededRandom;
  readonly devices: RealDevice[] = [];
  /** Ways that can be made bad. */
  readonly proxies: { http: FaultyProxy; tcp: FaultyProxy };
  readonly server: ServerProcess;
  readonly #folder: string;
  readonly #alsoObserve: (observation: Observation) => void;
  readonly #readers = new Map<UserId, Session>();
  #heldBack: Observation[] | undefined;

  private constructor({ server, random, folder, proxies, observe }: FaultWorldParts) {
    this.server = server;
    this.random = random;
    this.#folder = folder;
    this.proxies = proxies;
    this.#alsoObserve = observe;
  }

  /** `observe` is shown everything, too. */
  static async create(
    server: ServerProcess,
    seed: number,
    observe: (observation: Observation) => void = () => {},
  ): Promise<FaultWorld> {
    const random = new SeededRandom(seed);
    const folder = await mkdtemp(join(tmpdir(), 'hongyan-faults-'));
    const host = '127.0.0.1';
    const proxies = {
      http: await FaultyProxy.to({ host, port: server.port }, random.fork()),
      tcp: await FaultyProxy.to({ host, port: server.tcpPort }, random.fork()),
    };
    const world = new FaultWorld({ server, random, folder, proxies, observe });
    for (const [index, role] of cast.entries()) await world.#enter(role, index);
    const userIds = [...world.#readers.keys()];
    for (const device of world.devices) {
      for (const userId of userIds) if (userId !== device.userId) device.show(userId);
    }
    await world.sightings.until(() => world.devices.every(({ client }) => client.connection.status === 'online'));
    return world;
  }

  get isNobodyOnline(): boolean {
    return this.devices.every(({ client }) => client.connection.status !== 'online');
  }

  /** Everybody looks at their device and tries to connect at once. */
  hurry(): void {
    for (const { client } of this.devices) client.reconnectNow();
  }

  /** Ends the server at once, starts it again on what `meanwhile` leaves of its data, and lets the judge see what it has. */
  async crashServer(meanwhile: () => Promise<void> = async () => {}): Promise<void> {
    await this.server.end('SIGKILL');
    await meanwhile();
    this.#observe({ kind: 'server-crashed' });
    await this.server.start();
    this.#observe({ kind: 'server-started' });
    await this.audit();
  }

  /**
   * Shows the judge the logs. What is observed while they are read comes after them, as they may not have it yet. Cursors
   * are not for this moment: a server that was killed gets the last of them from its devices (RCP-6).
   */
  async audit(): Promise<void> {
    this.#heldBack ??= [];
    const { logs } = await this.#read();
    this.judge.audit({ logs, cursors: new Map() });
    const observations = this.#heldBack;
    this.#heldBack = undefined;
    for (const observation of observations) this.judge.observe(observation);
  }

  /** Faults have stopped: everything has to become as promised. Answers what did not. */
  async verdict(): Promise<string[]> {
    const deadlineMs = performance.now() + SETTLE_DEADLINE_MS;
    let outstanding = this.judge.outstanding(await this.settled());
    while (outstanding.length > 0 && performance.now() < deadlineMs) {
      await new Promise((resolve) => setTimeout(resolve, SETTLE_ASK_MS));
      outstanding = this.judge.outstanding(await this.settled());
    }
    await this.audit();
    const complaints = [...this.judge.complaints, ...outstanding];
    return complaints.length === 0 ? [] : [...complaints, ...this.judge.trace];
  }

  async settled(): Promise<Settled> {
    const { logs, cursors } = await this.#read();
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
    await Promise.all([this.proxies.http.close(), this.proxies.tcp.close(), this.server.dispose()]);
    await rm(this.#folder, { recursive: true, force: true });
  }

  #observe(observation: Observation): void {
    if (this.#heldBack === undefined) this.judge.observe(observation);
    else this.#heldBack.push(observation);
    this.#alsoObserve(observation);
    this.sightings.saw(observation);
  }

  async #enter(role: Role, index: number): Promise<void> {
    const { server, proxies } = this;
    const isDirect = role.way === 'direct';
    const ports = isDirect ? server : { port: proxies.http.port, tcpPort: proxies.tcp.port };
    const device = new RealDevice({
      server: `http://127.0.0.1:${ports.port}`,
      store: storeOf(role, this.#folder, String(index)),
      transport: transportOf(role, ports),
      observe: (observation) => this.#observe(observation),
    });
    const { person } = role;
    const isNew = cast.findIndex((other) => other.person === person) === index;
    const account = { handle: person, password: PASSWORD };
    const { userId, deviceId } = isNew
      ? await device.client.register({ ...account, displayName: person })
      : await device.client.signIn(account);
    this.judge.owns(userId, deviceId);
    this.devices.push(device);
    if (isNew) this.#readers.set(userId, await Session.open(server.url, account));
  }

  async #read(): Promise<Pick<Settled, 'logs' | 'cursors'>> {
    const readers: Reader[] = [];
    for (const [userId, session] of this.#readers) {
      const device = this.devices.find((candidate) => candidate.userId === userId);
      const peers = [...this.#readers.keys()].filter((peerId) => peerId !== userId);
      const conversationIds = peers.flatMap((peerId) => device?.client.conversationWith(peerId) ?? []);
      readers.push({ accessToken: await session.accessToken(), conversationIds });
    }
    return readLogs(this.server, readers);
  }
}
