import { access, constants, mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Rate, SHEDDING_ORDER } from '@hongyan/core';
import type { Store } from '@hongyan/core/ports';
import { createInProcessBus } from './adapters/bus/inprocess/bus.ts';
import { StoreOpenError } from './adapters/store/open-error.ts';
import { openPostgresStore } from './adapters/store/postgres/index.ts';
import { openSqliteStore } from './adapters/store/sqlite/index.ts';
import type { Api } from './api/context.ts';
import type { Health } from './api/health.ts';
import { createApi } from './api/index.ts';
import type { Measured } from './api/metrics.ts';
import { createAuth } from './auth/index.ts';
import type { Config } from './config.ts';
import { createEventLoopDelay } from './event-loop.ts';
import { createGateway, type Gateway, LoadShedding } from './gateway/index.ts';
import { createLogger, type Logger } from './log.ts';
import { createLogic } from './logic/index.ts';
import { publishPush } from './logic/push.ts';
import { StartError } from './start-error.ts';
import { systemClock as clock, systemRandom as random } from './system.ts';
import { VERSION } from './version.ts';

/** Sessions get most of the time there is for stopping; the rest is for requests, and what is written behind. */
const GATEWAY_DRAIN_MS = 7_000;
const DRAIN_DEADLINE_MS = 10_000;
/** Requests under way may finish within this time; a connection that says nothing is not waited for longer. */
const API_GRACE_MS = 1_500;

export interface RunningServer {
  address: { host: string; port: number; tcpPort: number };
  /** Where everything is kept, for people: a directory, or a database's URL without who signs in to it. */
  keptIn: string;
  /** Stops accepting, finishes what was accepted, closes. Idempotent; rejects when it takes longer than 10 s. */
  drain(): Promise<void>;
}

export interface StartOptions {
  /** Aborting drains. */
  signal?: AbortSignal | undefined;
  /** Instead of one that writes to standard output. */
  logger?: Logger | undefined;
  /** The server can no longer keep its promises and has to end; it has been logged. */
  onFatal?: ((error: Error) => void) | undefined;
}

/** Starts everything in this process. Resolves once all of it listens; rejects with StartError, leaving nothing behind. */
export async function startServer(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  const { signal, logger = createLogger({ level: config.logLevel }), onFatal } = options;
  // Released in the opposite order: connections first, the store last.
  const parts = new AsyncDisposableStack();
  let health: Health = 'starting';
  try {
    const store = parts.adopt(
      await openStore(config, {
        failed(error) {
          logger.fatal({ err: error }, 'the store failed');
          onFatal?.(error);
        },
        troubled: (error) => logger.warn({ err: error }, 'the store cannot be reached'),
      }),
      (opened) => opened.close(),
    );
    const bus = createInProcessBus();
    const load = new LoadShedding({ random, eventLoopDelay: createEventLoopDelay() });
    const logic = parts.adopt(
      createLogic({ store, bus, clock, logger, receiptDelayMs: () => load.receiptDelayMs }),
      (running) => running.drain(),
    );
    const { authenticator, sessions } = await createAuth({
      store,
      clock,
      random,
      onUserEvent: (userId, event) => publishPush(bus, [userId], { case: 'userEvent', value: event }, ''),
      onDeviceRevoked: (deviceId, userId) => gateway.revoke(userId, deviceId),
    });
    const gateway = createGateway({
      logic,
      bus,
      authenticator,
      clock,
      random,
      logger,
      load,
      connectionsMax: config.connectionsMax,
      handshakeRate: handshakeRateOf(config),
      defer: setImmediate,
    });
    const api = parts.adopt(
      await createApi({
        accounts: store.accounts,
        authenticator,
        sessions,
        config,
        logger,
        version: VERSION,
        health: () => health,
        measured: measuredOf(gateway, load),
        polling: gateway.createPolling(),
      }),
      (listening) => closeApi(listening),
    );
    await api.ready();
    gateway.attachWebSocket(api.server, '/v1/ws');
    parts.defer(() => gateway.drain(GATEWAY_DRAIN_MS));
    const { host } = config;
    const port = await listen(`Port ${config.port} on ${host}`, async () => {
      await api.listen({ host, port: config.port });
      const address = api.server.address();
      return typeof address === 'object' && address !== null ? address.port : config.port;
    });
    const tcp = await listen(`TCP port ${config.tcpPort} on ${host}`, () =>
      gateway.listenTcp({ host, port: config.tcpPort }),
    );
    signal?.throwIfAborted();
    health = 'ok';

    let drained: Promise<void> | undefined;
    const drain = () => {
      health = 'draining';
      drained ??= withinDeadline(parts.disposeAsync());
      return drained;
    };
    signal?.addEventListener('abort', () => void drain().catch((err) => logger.error({ err }, 'stopping failed')));
    const keptIn = keptInOf(config);
    logger.info({ host, port, tcpPort: tcp.port, keptIn }, 'serving');
    return { address: { host, port, tcpPort: tcp.port }, keptIn, drain };
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

function handshakeRateOf({ handshakesPerSecond, handshakesBurst }: Config): Rate | undefined {
  return handshakesPerSecond === 0 ? undefined : { perSecond: handshakesPerSecond, burst: handshakesBurst };
}

function measuredOf(gateway: Gateway, load: LoadShedding): Measured {
  return {
    connectionCount: () => gateway.connectionCount,
    handshakes: () => ({ admitted: gateway.admission.begun, refused: gateway.admission.refused }),
    lagBytes: () => gateway.lagBytes,
    loadLevel: () => load.level,
    shed: () => SHEDDING_ORDER.map((name) => [name, load.shed.get(name) ?? 0]),
  };
}

async function closeApi(api: Api): Promise<void> {
  const cancel = clock.schedule(API_GRACE_MS, () => api.server.closeAllConnections());
  await api.close().finally(cancel);
}

async function openDirectory(path: string): Promise<string> {
  const directory = resolve(path);
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    return directory;
  } catch (error) {
    throw StartError.from(error, { directory });
  }
}

interface StoreTrouble {
  /** It can no longer keep its promises. */
  failed(error: Error): void;
  /** It goes on trying. */
  troubled(error: Error): void;
}

async function openStore({ store, data }: Config, trouble: StoreTrouble): Promise<Store> {
  try {
    if (store !== 'sqlite') return await openPostgresStore({ url: store, onTrouble: trouble.troubled });
    return await openSqliteStore({ directory: await openDirectory(data), onFatal: trouble.failed });
  } catch (error) {
    throw error instanceof StoreOpenError ? new StartError(`${error.message}.`, error) : error;
  }
}

function keptInOf({ store, data }: Config): string {
  if (store === 'sqlite') return resolve(data);
  const { protocol, host, pathname } = new URL(store);
  return `${protocol}//${host}${pathname}`;
}

async function listen<T>(what: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw StartError.from(error, { listen: what });
  }
}

async function withinDeadline(task: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const cancel = clock.schedule(DRAIN_DEADLINE_MS, () => reject(new Error('stopping took too long')));
  try {
    await Promise.race([task, promise]);
  } finally {
    cancel();
  }
}
