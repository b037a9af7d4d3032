import { type ReconnectCause, reconnectPause } from '@hongyan/sdk/engine/backoff';
import type { SeededRandom } from '../random/seeded-random.ts';
import { ASK_ROUND_TRIPS_MS, REQUEST_TIMEOUT_MS } from './allocation-desk.ts';
import { ClientState, type ClientTable } from './client-table.ts';
import type { Cluster } from './cluster.ts';
import type { EventWheel } from './event-wheel.ts';
import type { SiteLossOptions } from './world.ts';

export interface ComebackParts {
  clients: ClientTable;
  wheel: EventWheel;
  cluster: Cluster;
  backoff: SiteLossOptions['backoff'];
  random: SeededRandom;
  /** Somebody was sent to this gateway as the first to try. */
  sent: (gateway: number) => void;
}

const LOST = { retryAfterMs: 0, isPrompt: true };
const FAILED = { retryAfterMs: 0, isPrompt: false };

/**
 * How clients come back: they pause as the SDK's engine does, ask any living allocator for gateways, try them in their order, and
 * pause again when none takes them or they have to wait.
 */
export class Comeback {
  readonly #parts: ComebackParts;
  readonly #indexOf: ReadonlyMap<string, number>;
  #away = 0;

  constructor(parts: ComebackParts) {
    this.#parts = parts;
    this.#indexOf = new Map(parts.cluster.gateways.map(({ nodeId }, index) => [nodeId, index]));
  }

  /** How many have no connection. */
  get away(): number {
    return this.#away;
  }

  /** Everybody on this gateway loses the connection at the same moment. */
  cut(gateway: number, nowMs: number): void {
    const { clients } = this.#parts;
    for (let client = 0; client < clients.count; client++) {
      if (clients.gateway[client] !== gateway) continue;
      clients.lost(client, nowMs);
      this.#away += 1;
      this.#pause(client, LOST, 0);
    }
  }

  /** The client's next event has come. */
  goOn(client: number, nowMs: number): void {
    switch (this.#parts.clients.state[client]) {
      case ClientState.Pausing:
        this.#ask(client, nowMs);
        return;
      case ClientState.Asking:
        this.#answered(client, nowMs);
        return;
      case ClientState.Trying:
        this.#try(client, nowMs);
    }
  }

  #ask(client: number, nowMs: number): void {
    const { clients, cluster, random, wheel } = this.#parts;
    const { desks } = cluster;
    const living = [...desks.keys()].filter((index) => desks[index]?.isDown === false);
    const index = living.length === 0 ? -1 : random.pick(living);
    const waitMs = desks[index]?.arrive(nowMs);
    if (waitMs === undefined) {
      this.#pause(client, FAILED, index === -1 ? ASK_ROUND_TRIPS_MS : REQUEST_TIMEOUT_MS);
      return;
    }
    clients.desk[client] = index;
    clients.state[client] = ClientState.Asking;
    wheel.schedule(client, ASK_ROUND_TRIPS_MS / 2 + waitMs);
  }

  #answered(client: number, nowMs: number): void {
    const { clients, cluster, wheel, sent } = this.#parts;
    const desk = cluster.desks[clients.desk[client] ?? -1];
    if (desk === undefined || desk.isDown) {
      this.#pause(client, FAILED, ASK_ROUND_TRIPS_MS / 2);
      return;
    }
    const sinceMs = clients.waitingSinceMs[client] ?? Number.NaN;
    const answer = desk.answer({ waitingSinceMs: Number.isNaN(sinceMs) ? undefined : sinceMs }, nowMs);
    switch (answer.kind) {
      case 'queued':
        clients.queued[client] = (clients.queued[client] ?? 0) + 1;
        clients.waitingSinceMs[client] = answer.waitingSinceMs ?? Number.NaN;
        // CON-11: no failed attempt.
        this.#pause(client, { retryAfterMs: answer.retryAfterMs, isPrompt: true }, ASK_ROUND_TRIPS_MS / 2);
        return;
      case 'allocated': {
        const given = answer.gateways.map((nodeId) => this.#indexOf.get(nodeId) ?? -1);
        sent(given[0] ?? -1);
        clients.give(client, given);
        clients.adviceMs[client] = 0;
        clients.state[client] = ClientState.Trying;
        wheel.schedule(client, ASK_ROUND_TRIPS_MS / 2);
      }
    }
  }

  #try(client: number, nowMs: number): void {
    const { clients, cluster, wheel } = this.#parts;
    const index = clients.nextGateway(client) ?? -1;
    const gateway = cluster.gateways[index];
    if (gateway === undefined) throw new RangeError(`client ${client} has no gateway to try`);
    const attempt = gateway.attempt(nowMs);
    if (attempt.kind === 'admitted') {
      this.#away -= 1;
      clients.connected(client, index, nowMs + attempt.afterMs);
      return;
    }
    if (attempt.kind === 'refused') {
      clients.refused[client] = (clients.refused[client] ?? 0) + 1;
      clients.adviceMs[client] = attempt.retryAfterMs;
    }
    if (clients.peekGateway(client) !== undefined) wheel.schedule(client, attempt.afterMs);
    else this.#pause(client, { retryAfterMs: clients.adviceMs[client] ?? 0, isPrompt: false }, attempt.afterMs);
  }

  /** `afterMs`: until the client knows. */
  #pause(client: number, cause: ReconnectCause, afterMs: number): void {
    const { backoff, clients, random, wheel } = this.#parts;
    clients.state[client] = ClientState.Pausing;
    if (backoff === 'none') {
      wheel.schedule(client, afterMs);
      return;
    }
    const { pauseMs, delayMs } = reconnectPause(clients.delayMs[client] ?? 0, cause, random.fraction());
    clients.delayMs[client] = delayMs;
    wheel.schedule(client, afterMs + pauseMs);
  }
}
