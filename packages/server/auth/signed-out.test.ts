import { expect, test } from 'vitest';
import { createMemoryAccounts } from '../testing/memory-accounts.ts';
import { lookUpSignedOut } from './signed-out.ts';

test('[DEV-6, SES-3] the look at live sessions finds who is signed out, and has seen who is not', async () => {
  const accounts = createMemoryAccounts();
  const hashes = { refreshHash: '', previousRefreshHash: '' };
  const times = { createdAtMs: 0, lastSeenAtMs: 0 };
  await accounts.createDevice({ deviceId: 'd1', userId: 'u1', name: '', kind: 'web', ...times, ...hashes });
  const forgotten: string[] = [];
  const seen: string[] = [];
  const authenticator = { forget: (deviceId: string) => void forgotten.push(deviceId) };
  const saw = (deviceId: string) => void seen.push(deviceId);
  expect(await lookUpSignedOut({ accounts, authenticator, saw }, ['d1', 'd2'])).toEqual(['d2']);
  expect([seen, forgotten]).toEqual([['d1'], ['d2']]);
});
