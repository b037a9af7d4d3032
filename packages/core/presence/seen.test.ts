import { encodeSetting, type PresenceAudience, PresenceState, presenceAudiences } from '@hongyan/protocol';
import { Relation } from '@hongyan/protocol/cluster';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appearanceOf, laterRecords } from './appearance.ts';
import { isPlainlyOffline, maySee, presenceFor } from './seen.ts';

const { STRANGER, FRIEND, SELF, BLOCKED, UNSPECIFIED } = Relation;
const relations = [STRANGER, FRIEND, SELF, BLOCKED, UNSPECIFIED];

test('[PRS-5] the table of who may see whom', () => {
  const row = (audience: PresenceAudience) => relations.filter((relation) => maySee(audience, relation));
  expect(presenceAudiences.map(row)).toEqual([[STRANGER, FRIEND, SELF], [FRIEND, SELF], [SELF]]);
});

const setting = (name: string, value: string, changedAtMs = 1) => ({
  key: `setting/${name}`,
  changedAtMs,
  value: encodeSetting({ value }),
});
const device = fc.record({ kind: fc.constantFrom(0, 1, 2, 3, 4), isIdle: fc.boolean() });
const choice = fc.constantFrom('', 'available', 'away', 'do-not-disturb', 'invisible', 'away 500', 'nonsense');

test('[PRS-5] who may not see it sees nothing of it, whatever there is', () => {
  const anything = fc.record({
    relation: fc.constantFrom(...relations),
    audience: fc.constantFrom('', ...presenceAudiences, 'nonsense'),
    choice,
    devices: fc.array(device),
    lastSeenMs: fc.nat(),
    nowMs: fc.nat(1_000),
  });
  fc.assert(
    fc.property(anything, ({ relation, audience, choice, devices, lastSeenMs, nowMs }) => {
      const appearance = appearanceOf([setting('presence', choice), setting('presence-visible', audience)]);
      const presence = presenceFor(relation, { userId: 'u', devices, appearance, lastSeenMs }, nowMs);
      if (!maySee(appearance.audience, relation)) expect(isPlainlyOffline(presence)).toBe(true);
      if (choice === 'invisible' && relation !== SELF) expect(presence.state).toBe(PresenceState.OFFLINE);
      if (presence.state !== PresenceState.OFFLINE) expect(presence.lastSeenMs).toBe(0);
      else expect(presence.devices).toEqual([]);
      if (relation !== SELF) expect(presence.lastSeenMs % 300_000).toBe(0);
    }),
  );
});

test('[PRS-3] in whatever order records are heard, the latest of each key counts', () => {
  const record = fc.tuple(fc.constantFrom('presence', 'presence-visible', 'other'), choice, fc.nat(3));
  fc.assert(
    fc.property(fc.array(record), fc.nat(), (heard, turn) => {
      const records = heard.map(([name, value, atMs]) => setting(name, value, atMs));
      const turned = [
        ...records.slice(turn % (records.length || 1)),
        ...records.slice(0, turn % (records.length || 1)),
      ];
      const oneByOne = turned.reduce((known, one) => laterRecords(known, [one]), laterRecords([], []));
      expect(appearanceOf(oneByOne)).toEqual(appearanceOf(laterRecords([], records)));
    }),
  );
});

test('[PRS-5] bytes that are no setting are no leave to look', () => {
  const broken = { key: 'setting/presence-visible', changedAtMs: 1, value: Uint8Array.of(255) };
  expect(appearanceOf([broken]).audience).toBe('nobody');
  expect(appearanceOf([{ ...broken, value: new Uint8Array() }]).audience).toBe('everyone');
});
