import { readFileSync } from 'node:fs';

interface Vector {
  name: string;
  /** The rule of spec/RULES.md that it shows. */
  rule: string;
  description: string;
  /** One or more whole frames (bad ones: any bytes), headers included. */
  hex: string;
}

export interface GoodVector extends Vector {
  json: Record<string, unknown>;
}

export interface BadVector extends Vector {
  transport: 'both' | 'ws' | 'tcp';
  /** When it is sent: at once, or when Hello has been answered. */
  after: 'connect' | 'hello';
  expect: { close: number } | { error: number; id: number };
}

const load = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../spec/vectors/${name}.json`, import.meta.url), 'utf8'));

export const commandVectors = load('commands') as GoodVector[];
export const toleratedVectors = load('commands-tolerated') as GoodVector[];
export const serverFrameVectors = load('server-frames') as GoodVector[];
export const badVectors = load('bad-frames') as BadVector[];

export const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
