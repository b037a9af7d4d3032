import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeFor } from './rendezvous.ts';

const nodes = (hashes: readonly number[]) => hashes.map((hash) => ({ hash }));
const hashes = fc.uniqueArray(fc.nat(0xffff_ffff), { minLength: 2, maxLength: 20 });

test('[L1] who leaves gives away its own keys and nobody else’s', () => {
  fc.assert(
    fc.property(hashes, fc.nat(0xffff_ffff), fc.nat(19), (all, key, at) => {
      const left = all[at % all.length];
      const before = nodeFor(key, nodes(all))?.hash;
      const after = nodeFor(key, nodes(all.filter((hash) => hash !== left)))?.hash;
      expect(after === before || before === left).toBe(true);
    }),
  );
});

test('[L1] everybody agrees, in whatever order they know the nodes', () => {
  fc.assert(
    fc.property(hashes, fc.nat(0xffff_ffff), (all, key) => {
      expect(nodeFor(key, nodes(all.toReversed()))).toEqual(nodeFor(key, nodes(all)));
    }),
  );
});

test('[L1] keys are spread evenly, neighbours too', () => {
  const three = nodes([0x1234_5678, 0x9abc_def0, 0x0fed_cba9]);
  const counts = new Map<number, number>();
  for (let key = 0; key < 30_000; key++) {
    const hash = nodeFor(key, three)?.hash ?? 0;
    counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  for (const { hash } of three) expect(Math.abs((counts.get(hash) ?? 0) - 10_000)).toBeLessThan(600);
});

test('[L1] there may be no nodes', () => {
  expect(nodeFor(1, [])).toBeUndefined();
});
