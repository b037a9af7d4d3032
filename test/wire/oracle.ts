import {
  CloseCode,
  type Command,
  DEFAULT_LIMITS,
  decodeCommand,
  FRAME_HEADER_BYTES,
  PROTOCOL_VERSION,
} from '@hongyan/protocol';
import { PING_ID, type Transport } from './raw-connection.ts';

/** What the rules let a server do about some input. */
export type Expectation =
  /** It closes, with one of these codes (a token is checked while later bytes are read, so two may be due at once). */
  | { kind: 'closes'; codes: ReadonlySet<number> }
  /** The session goes on and answers the Ping. */
  | { kind: 'answers' }
  /** A frame is not whole yet: nothing happens until more comes, or the end. */
  | { kind: 'waits' };

interface Situation {
  transport: Transport;
  /** Whether Hello was answered already. */
  live: boolean;
  /** The only token that is good. */
  accessToken: string;
}

/** Reads `writes` by the rules, with nothing but the codec. */
export function expectationOf(writes: readonly Uint8Array[], situation: Situation): Expectation {
  const codes = new Set<number>();
  const closes: Expectation = { kind: 'closes', codes };
  let live = situation.live;
  let asked = false;

  /** Whether the connection ends for sure with this frame. */
  const read = (frame: Uint8Array): boolean => {
    let command: Command;
    try {
      command = decodeCommand(frame);
    } catch {
      codes.add(CloseCode.MALFORMED);
      return true;
    }
    if (live) {
      asked ||= command.id === PING_ID && command.body?.case === 'ping';
      return false;
    }
    const code = codeOfFirst(command, situation.accessToken);
    live = true;
    if (code !== undefined) codes.add(code);
    return code !== undefined && code !== CloseCode.UNAUTHENTICATED;
  };

  // A stream may arrive in any pieces, so whatever comes before too large a length may count or not.
  const inputs = situation.transport === 'tcp' ? [Buffer.concat(writes)] : writes;
  for (const bytes of inputs) {
    const { frames, rest } = cut(bytes);
    if (rest === 'too large') codes.add(CloseCode.FRAME_TOO_LARGE);
    if (frames.some(read)) return closes;
    if (situation.transport !== 'tcp' && rest !== 'nothing') {
      if (rest === 'unfinished') codes.add(CloseCode.MALFORMED);
      return closes;
    }
  }
  if (codes.size > 0) return closes;
  return asked ? { kind: 'answers' } : { kind: 'waits' };
}

function codeOfFirst({ body }: Command, accessToken: string): CloseCode | undefined {
  if (body?.case !== 'hello') return CloseCode.OUT_OF_TURN;
  if (body.value.protocolVersion !== PROTOCOL_VERSION) return CloseCode.UNSUPPORTED_VERSION;
  return body.value.accessToken === accessToken ? undefined : CloseCode.UNAUTHENTICATED;
}

/** The whole frames that come first, and what is behind them. */
function cut(bytes: Uint8Array): { frames: Uint8Array[]; rest: 'nothing' | 'unfinished' | 'too large' } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const frames: Uint8Array[] = [];
  let at = 0;
  while (bytes.length - at >= FRAME_HEADER_BYTES) {
    const length = view.getUint32(at);
    if (length > DEFAULT_LIMITS.frameBytesMax) return { frames, rest: 'too large' };
    const end = at + FRAME_HEADER_BYTES + length;
    if (end > bytes.length) break;
    frames.push(bytes.subarray(at + FRAME_HEADER_BYTES, end));
    at = end;
  }
  return { frames, rest: at === bytes.length ? 'nothing' : 'unfinished' };
}
