import {
  CloseCode,
  DEFAULT_LIMITS,
  decodeCommand,
  decodeServerFrame,
  encodeCommand,
  encodeServerFrame,
  FrameTooLarge,
  joinFrames,
  splitFrames,
} from '@hongyan/protocol';
import { describe, expect, test } from 'vitest';
import { toProtoJson } from './proto-json.ts';
import { badVectors, commandVectors, fromHex, serverFrameVectors, toleratedVectors } from './vectors.ts';

const frames = (hex: string) => [...splitFrames(fromHex(hex), DEFAULT_LIMITS.frameBytesMax)];

function onlyFrame(hex: string): Uint8Array {
  const [frame, ...more] = frames(hex);
  if (frame === undefined || more.length > 0) throw new Error('a vector is one frame');
  return frame;
}

describe('golden vectors', () => {
  test.each(commandVectors)('[$rule] command $name: $description', ({ hex, json }) => {
    const command = decodeCommand(onlyFrame(hex));
    expect(toProtoJson(command)).toEqual(json);
    expect(Buffer.from(joinFrames([encodeCommand(command)])).toString('hex')).toBe(hex);
  });

  test.each(serverFrameVectors)('[$rule] server frame $name: $description', ({ hex, json }) => {
    const frame = decodeServerFrame(onlyFrame(hex));
    expect(toProtoJson(frame)).toEqual(json);
    expect(Buffer.from(joinFrames([encodeServerFrame(frame)])).toString('hex')).toBe(hex);
  });

  test.each(toleratedVectors)('[$rule] tolerated $name: $description', ({ hex, json }) => {
    expect(toProtoJson(decodeCommand(onlyFrame(hex)))).toEqual(json);
  });
});

describe('bad vectors in the codec', () => {
  const closing = (code: number) => badVectors.filter(({ expect }) => 'close' in expect && expect.close === code);

  test.each(closing(CloseCode.MALFORMED))('[$rule] refuses $name: $description', ({ hex }) => {
    expect(() => frames(hex).map(decodeCommand)).toThrow();
  });

  test.each(closing(CloseCode.FRAME_TOO_LARGE))('[$rule] refuses $name: $description', ({ hex }) => {
    expect(() => frames(hex)).toThrow(FrameTooLarge);
  });

  test.each(badVectors.filter(({ expect }) => 'error' in expect || expect.close > CloseCode.FRAME_TOO_LARGE))(
    '[$rule] decodes $name, which is wrong only in what it says',
    ({ hex }) => {
      expect(decodeCommand(onlyFrame(hex))).toBeDefined();
    },
  );
});
