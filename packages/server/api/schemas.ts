import { isLine, isVisible } from '@hongyan/core';
import { DEVICE_KINDS } from '@hongyan/core/ports';
import { isUserId } from '@hongyan/protocol';
import { z } from 'zod';

/** One line of text: trimmed, without control characters, its length counted in characters rather than UTF-16 units. */
export const line = (charactersMax: number) =>
  z
    .string()
    .max(charactersMax * 8)
    .trim()
    .refine(isLine, 'must not contain control characters')
    .refine((text) => [...text].length <= charactersMax, `must have at most ${charactersMax} characters`);

export const handle = z
  .string()
  .regex(/^[\w.-]{3,32}$/, 'must be 3 to 32 of a–z, 0–9, ".", "_" and "-"')
  .describe('3 to 32 of a–z, 0–9, ".", "_" and "-"; kept as typed, compared without regard to case');
export const password = z.string().min(8).max(128);
/** A line of text that is not only blanks and the like. */
export const visibleLine = (charactersMax: number) =>
  line(charactersMax).refine(isVisible, 'must have something to see');
export const displayName = visibleLine(64);
export const statusLine = line(128);
export const deviceName = line(64).default('');
export const deviceKind = z.enum(DEVICE_KINDS).default('web').describe('What the device is');
/** Of a device or key, in a path: what can be one, whether there is one or not. */
export const pathId = z.string().regex(/^\w{1,64}$/, 'must be an id');
export const userId = z.string().refine(isUserId, 'must be an account id');

export const personSchema = z
  .object({ userId: z.string(), handle: z.string(), displayName: z.string(), statusLine: z.string() })
  .meta({ id: 'Person' });

export const sessionSchema = personSchema
  .extend({
    deviceId: z.string(),
    accessToken: z.string().describe('For `Authorization: Bearer` and for Hello'),
    accessTokenExpiresAtMs: z.int().describe('Milliseconds since 1970-01-01 UTC'),
    refreshToken: z.string().describe('Good for one renewal; the answer has the next one'),
  })
  .meta({ id: 'Session' });
