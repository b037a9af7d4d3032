import type { Health } from '../api/health.ts';
import type { Config } from '../config.ts';
import { createLogger, type Logger } from '../log.ts';
import { systemClock as clock } from '../system.ts';
import { keptInOf } from './engines.ts';
import { startNode } from './node.ts';

const DRAIN_DEADLINE_MS = 10_000;

export interface RunningServer {
  /** `tcpPort` is 0 on a node that is no gateway. */
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

/**
 * Starts what the process is told to be, which is everything unless it is told otherwise. Resolves once all of it listens;
 * rejects with StartError, leaving nothing behind.
 */
export async function startServer(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  const { signal, logger = createLogger({ level: config.logLevel }), onFatal } = options;
  // Released in the opposite order: connections first, the store and the broker last.
  const parts = new AsyncDisposableStack();
  let health: Health = 'starting';
  try {
    const trouble = {
      failed(error: Error) {
        logger.fatal({ err: error }, 'the server cannot go on');
        onFatal?.(error);
      },
      troubled: (error: Error) => logger.warn({ err: error }, 'goes on trying'),
      noted: (note: string) => logger.info(note),
    };
    const node = await startNode(config, { parts, logger, trouble, health: () => health });
    signal?.throwIfAborted();
    health = 'ok';

    let drained: Promise<void> | undefined;
    const drain = () => {
      health = 'draining';
      if (drained === undefined) {
        node.leave();
        drained = withinDeadline(parts.disposeAsync());
      }
      return drained;
    };
    signal?.addEventListener('abort', () => void drain().catch((err) => logger.error({ err }, 'stopping failed')));
    const { host } = config;
    const keptIn = keptInOf(config);
    logger.info({ host, ...node.ports, keptIn, roles: config.roles }, 'serving');
    return { address: { host, ...node.ports }, keptIn, drain };
  } catch (error) {
    await parts.disposeAsync();
    throw error;
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
