import type { Store } from '@hongyan/core/ports';
import { describe, expect, test } from 'vitest';

const WRITERS = 20;

export function secretContract(store: () => Store): void {
  const keep = (name: string, ...proposed: number[]) => store().secrets.keep(name, Uint8Array.from(proposed));

  describe('secrets', () => {
    test('[A1] the first one stays, and everybody after gets it', async () => {
      expect(await keep('a', 1, 0, 255)).toEqual(Uint8Array.of(1, 0, 255));
      expect(await keep('a', 2)).toEqual(Uint8Array.of(1, 0, 255));
      expect((await keep('a', 2)).constructor).toBe(Uint8Array);
    });

    test('[A1] each name has its own', async () => {
      await keep('a', 1);
      expect(await keep('A', 2)).toEqual(Uint8Array.of(2));
      expect(await keep('a', 3)).toEqual(Uint8Array.of(1));
    });

    test('[A1] of many that come first together one wins, and all of them get its secret', async () => {
      const answers = await Promise.all(Array.from({ length: WRITERS }, (_, at) => keep('a', at, at)));
      expect(new Set(answers.map(String)).size).toBe(1);
      expect(answers[0]).toEqual(await keep('a', 99));
      expect(answers[0]?.[0]).toBeLessThan(WRITERS);
    });
  });
}
