import {
  type Command,
  decodeServerFrame,
  encodeCommand,
  joinFrames,
  PROTOCOL_VERSION,
  type ServerFrame,
  splitFrames,
} from '@hongyan/protocol';
import type { Polling } from '../gateway/polling.ts';
import type { Fetched } from '../gateway/polling-connection.ts';

export const frameOf = (command: Command): Uint8Array => joinFrames([encodeCommand(command)]);

export const helloOf = (accessToken: string): Command => ({
  id: 1,
  body: {
    case: 'hello',
    value: {
      protocolVersion: PROTOCOL_VERSION,
      features: [],
      accessToken,
      client: 'test',
      holdings: undefined,
      resume: undefined,
    },
  },
});

/** What each frame of an answer is: a reply's or push's kind. */
export function kindsIn(fetched: Fetched): string[] {
  if (fetched.kind !== 'frames') return [`(${fetched.kind})`];
  return framesIn(fetched).map(({ frame }) => frame?.value.body?.case ?? 'empty');
}

export function framesIn(fetched: Fetched): ServerFrame[] {
  if (fetched.kind !== 'frames') throw new Error(`not frames: ${fetched.kind}`);
  return Array.from(splitFrames(fetched.bytes, Number.POSITIVE_INFINITY), decodeServerFrame);
}

/** The client's end of a polled connection, without HTTP: each request is made when the test says so. */
export class Poller {
  readonly connectionId: string;
  readonly #polling: Polling;

  constructor(polling: Polling) {
    this.#polling = polling;
    const opened = polling.open();
    if (opened.kind !== 'opened') throw new Error('nobody was admitted');
    this.connectionId = opened.connectionId;
  }

  up(n: number, ...commands: Command[]) {
    return this.upBytes(n, joinFrames(commands.map(encodeCommand)));
  }

  upBytes(n: number, bytes: Uint8Array) {
    return this.#polling.up(this.connectionId, n, bytes);
  }

  down(n: number, signal = new AbortController().signal): Promise<Fetched> {
    return this.#polling.down(this.connectionId, n, signal);
  }

  end() {
    return this.#polling.end(this.connectionId);
  }
}
