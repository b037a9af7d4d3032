import { platform } from '../shell/platform.ts';
import {
  afterFailure,
  afterFrame,
  afterProbe,
  afterRefusal,
  NOTHING_KNOWN,
  nextPath,
  type Path,
  probeDelayMs,
} from './fallback-choice.ts';
import { Prober } from './prober.ts';
import type { Transport, TransportConnection } from './transport.ts';

/** What the platform would otherwise decide. */
export interface FallbackOptions {
  /** Calls `changed` whenever the network may have become another one, until `signal` aborts. */
  watchNetwork?: (changed: () => void, signal: AbortSignal) => void;
}

/**
 * The first transport where it gets through, otherwise the second: at once where the first one is refused, after some
 * attempts where it only stays silent. Over the second one it looks now and then whether the first has become possible,
 * and then ends the connection, so that the next attempt is over the first.
 */
export function fallbackTransport(
  [first, second]: readonly [Transport, Transport],
  { watchNetwork = watchPlatform }: FallbackOptions = {},
): Transport {
  let known = NOTHING_KNOWN;
  return (handlers) => {
    let path = nextPath(known);
    let connection: TransportConnection | undefined;
    const ended = new AbortController();
    let heard = false;
    let prober: Prober | undefined;
    const end = () => {
      if (ended.signal.aborted) return;
      ended.abort();
      prober?.stop();
      if (!heard) known = afterFailure(known, path);
    };
    const lookForFirst = () => {
      prober = new Prober({
        transport: first,
        delayMs: () => probeDelayMs(known, Math.random()),
        probed(opened) {
          known = afterProbe(known, opened);
          if (!opened) return;
          end();
          connection?.close();
          handlers.onClose(0, 'a better transport has become possible');
        },
      });
      watchNetwork(() => prober?.hurry(), ended.signal);
    };
    const open = (chosen: Path) => {
      path = chosen;
      let hasOpened = false;
      const opened = (path === 'first' ? first : second)({
        onOpen() {
          hasOpened = true;
          handlers.onOpen();
        },
        onFrames(frames) {
          if (!heard) {
            heard = true;
            known = afterFrame(known, path);
            if (path === 'second') lookForFirst();
          }
          handlers.onFrames(frames);
        },
        onClose(code, reason) {
          if (chosen === 'first' && !hasOpened && !ended.signal.aborted) {
            known = afterRefusal(known);
            open('second');
            return;
          }
          end();
          handlers.onClose(code, reason);
        },
      });
      if (path === chosen) connection = opened;
    };
    open(path);
    return {
      send: (commands) => connection?.send(commands),
      close() {
        end();
        connection?.close();
      },
    };
  };
}

const watchPlatform = (changed: () => void, signal: AbortSignal) =>
  platform.addEventListener?.('online', changed, { signal });
