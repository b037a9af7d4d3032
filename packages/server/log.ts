import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

// A secret is censored wherever it is the value of a key of such a name, at the top of a line or one or two levels down.
const secretKeys = [
  'password',
  'passwordHash',
  'accessToken',
  'refreshToken',
  'refreshHash',
  'previousRefreshHash',
  'token',
  'authorization',
  'cookie',
  'body',
  'text',
];
const redactedPaths = secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

export interface LoggerOptions {
  level: string;
  /** Standard output when left out. */
  destination?: DestinationStream | undefined;
}

/** One JSON object per line. Neither secrets nor what people write ever reach it. */
export function createLogger({ level, destination }: LoggerOptions): Logger {
  const settings = {
    level,
    base: null,
    redact: { paths: redactedPaths, censor: '[redacted]' },
    serializers: { req: requestLine, res: responseLine, err: pino.stdSerializers.err },
  };
  return destination === undefined ? pino(settings) : pino(settings, destination);
}

interface RequestLike {
  method?: string;
  url?: string;
  ip?: string;
}

/** The query is left out: it says whom people look for. So is the id of a polled connection: whoever has it is its client. */
function requestLine({ method, url, ip }: RequestLike): object {
  return { method, path: url?.split('?', 1)[0]?.replace(/(\/poll)\/[^/]*/i, '$1/[redacted]'), ip };
}

function responseLine({ statusCode }: { statusCode?: number }): object {
  return { statusCode };
}
