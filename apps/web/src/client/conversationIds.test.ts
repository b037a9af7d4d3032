import { expect, test } from 'vitest';
import { belongsTo, peerOf } from './conversationIds.ts';

test('[O1] the other one of a direct conversation follows from its id', () => {
  expect(peerOf('direct.ua.ub', 'ua')).toBe('ub');
  expect(peerOf('direct.ua.ub', 'ub')).toBe('ua');
  expect(peerOf('self.ua', 'ua')).toBeUndefined();
});

test.each(['self.ua', 'direct.ua.ub', 'direct.u0.ua', 'group.g0123456789abcdef'])(
  '[P6] %s is opened for its member',
  (id) => {
    expect(belongsTo(id, 'ua')).toBe(true);
  },
);

test.each(['self.ub', 'direct.ub.uc', 'direct.ua', 'direct.ua.ua', 'group.ua', 'group.g1.g2', '', 'direct.ua.ub.uc'])(
  '[P6] an address with %s is not opened',
  (id) => {
    expect(belongsTo(id, 'ua')).toBe(false);
  },
);
