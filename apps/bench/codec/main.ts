import {
  decodeCommand,
  decodeContent,
  decodeServerFrame,
  encodeCommand,
  encodeContent,
  encodeServerFrame,
} from '@hongyan/protocol';
import { chinese, page, positions, push, send } from './frames.ts';

// What encoding and decoding of typical frames takes of one core. To compare two versions, run this in both by turns.

const ROUNDS = 7;
const SMALL_TIMES = 200_000;
const PAGE_TIMES = 8_000;

/** Where results go, so that nothing is left out as useless. */
let bytesSeen = 0;

const encoding = <T>(encode: (message: T) => Uint8Array, message: T) => {
  return () => {
    bytesSeen += encode(message).length;
  };
};

const decoding = (decode: (bytes: Uint8Array) => object, bytes: Uint8Array) => {
  return () => {
    bytesSeen += decode(bytes) === undefined ? 0 : bytes.length;
  };
};

const cases = [
  { name: 'encode push', times: SMALL_TIMES, run: encoding(encodeServerFrame, push) },
  { name: 'decode push', times: SMALL_TIMES, run: decoding(decodeServerFrame, encodeServerFrame(push)) },
  { name: 'encode send', times: SMALL_TIMES, run: encoding(encodeCommand, send) },
  { name: 'decode send', times: SMALL_TIMES, run: decoding(decodeCommand, encodeCommand(send)) },
  { name: 'encode page', times: PAGE_TIMES, run: encoding(encodeServerFrame, page) },
  { name: 'decode page', times: PAGE_TIMES, run: decoding(decodeServerFrame, encodeServerFrame(page)) },
  { name: 'encode positions', times: PAGE_TIMES, run: encoding(encodeCommand, positions) },
  { name: 'decode positions', times: PAGE_TIMES, run: decoding(decodeCommand, encodeCommand(positions)) },
  { name: 'encode text', times: SMALL_TIMES, run: encoding(encodeContent, chinese) },
  { name: 'decode text', times: SMALL_TIMES, run: decoding(decodeContent, encodeContent(chinese)) },
];

/** User CPU per call, garbage collection included, in microseconds. */
function measure({ times, run }: (typeof cases)[number]): number {
  const before = process.cpuUsage();
  for (let at = 0; at < times; at++) run();
  return process.cpuUsage(before).user / times;
}

// All cases in every round, so that they meet the compiled code as a server does: warmed by all kinds of frames.
const rounds = Array.from({ length: ROUNDS }, () => cases.map(measure));
for (const [at, { name }] of cases.entries()) {
  const leastMicros = Math.min(...rounds.map((round) => round[at] ?? Number.POSITIVE_INFINITY));
  console.log(`${name}\t${leastMicros.toFixed(3)}`);
}
if (bytesSeen === 0) throw new Error('nothing was measured');
