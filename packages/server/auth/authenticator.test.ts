import { type DeviceEnd, StoreError } from '@hongyan/core/ports';
import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { createFixedClock } from '../testing/fixed-clock.ts';
import { createMemoryAccounts } from '../testing/memory-accounts.ts';
import { createAccessTokens } from './access-tokens.ts';
import { createAuthenticator } from './authenticator.ts';

const key = new Uint8Array(32).fill(7);
const identity = { userId: 'u0', deviceId: 'd0' };
const signedOut: DeviceEnd = { reason: 'signed-out', byName: '' };

async function system(cachedTokensMax?: number) {
  const clock = createFixedClock();
  const accounts = createMemoryAccounts();
  await accounts.createDevice({
    ...identity,
    name: '',
    kind: 'web',
    createdAtMs: 0,
    lastSeenAtMs: 0,
    refreshHash: '',
    previousRefreshHash: '',
  });
  const accessTokens = createAccessTokens(key, clock);
  let verifications = 0;
  const counted: typeof accessTokens = {
    ...accessTokens,
    verify(token) {
      verifications += 1;
      return accessTokens.verify(token);
    },
  };
  const authenticator = createAuthenticator({
    accessTokens: counted,
    accounts,
    clock,
    ...(cachedTokensMax !== undefined && { cachedTokensMax }),
  });
  const { accessToken } = await accessTokens.issue(identity);
  return { clock, accounts, accessTokens, authenticator, accessToken, verifications: () => verifications };
}

test('[A1] a token of ours names its account and device, and is verified once', async () => {
  const { authenticator, accessToken, verifications } = await system();
  expect(await authenticator.authenticate(accessToken)).toEqual(identity);
  expect(await authenticator.authenticate(accessToken)).toEqual(identity);
  expect(verifications()).toBe(1);
});

test('[SES-3] a remembered token expires like any other', async () => {
  const { authenticator, accessToken, clock } = await system();
  await authenticator.authenticate(accessToken);
  clock.advance(15 * 60_000);
  expect(await authenticator.authenticate(accessToken)).toBeUndefined();
});

test('[SES-3] forged, malformed and foreign tokens name nobody', async () => {
  const { authenticator, accessToken, clock } = await system();
  const [header, payload, signature = ''] = accessToken.split('.');
  const claims = (token: SignJWT) => token.setSubject('u0').setExpirationTime(clock.now() / 1000 + 60);
  const forged = [
    '',
    'nonsense',
    'x'.repeat(100_000),
    `${header}.${payload}.${signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`,
    `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload}.`,
    await claims(new SignJWT({ did: 'd0' }).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })).sign(
      new Uint8Array(32),
    ),
    await claims(new SignJWT({ did: 'd0' }).setProtectedHeader({ alg: 'HS512', typ: 'at+jwt' })).sign(key),
    await claims(new SignJWT({ did: 'd0' }).setProtectedHeader({ alg: 'HS256' })).sign(key),
    await claims(new SignJWT({}).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })).sign(key),
  ];
  for (const token of forged) expect(await authenticator.authenticate(token)).toBeUndefined();
});

test('[A1] a token of a device that was signed out is dead, remembered or not', async () => {
  const { authenticator, accessToken, accounts, accessTokens, clock } = await system();
  await authenticator.authenticate(accessToken);
  await accounts.deleteDevice(identity.deviceId, signedOut, 0);
  authenticator.forget(identity.deviceId);
  expect(await authenticator.authenticate(accessToken)).toBeUndefined();
  clock.advance(1_000);
  expect(await authenticator.authenticate((await accessTokens.issue(identity)).accessToken)).toBeUndefined();
});

test('[A1] a device that is signed out while the store is asked for it is not remembered', async () => {
  const { accounts, accessTokens, accessToken, clock } = await system();
  const authenticator = createAuthenticator({
    accessTokens,
    clock,
    accounts: {
      async deviceById(deviceId) {
        const device = await accounts.deviceById(deviceId);
        await accounts.deleteDevice(deviceId, signedOut, 0);
        authenticator.forget(deviceId);
        return device;
      },
    },
  });
  await authenticator.authenticate(accessToken);
  expect(await authenticator.authenticate(accessToken)).toBeUndefined();
});

test('[SES-3] when sign-outs may have been missed, every token is looked at anew, also one that is being looked at', async () => {
  const { accounts, accessTokens, accessToken, clock } = await system();
  let looks = 0;
  const authenticator = createAuthenticator({
    accessTokens,
    clock,
    accounts: {
      async deviceById(deviceId) {
        looks += 1;
        const device = await accounts.deviceById(deviceId);
        if (looks === 1) authenticator.forgetAll();
        return device;
      },
    },
  });
  expect(await authenticator.authenticate(accessToken)).toEqual(identity);
  expect(looks).toBe(2);
  await accounts.deleteDevice(identity.deviceId, signedOut, 0);
  expect(await authenticator.authenticate(accessToken)).toEqual(identity);
  authenticator.forgetAll();
  expect(await authenticator.authenticate(accessToken)).toBeUndefined();
});

test('[SES-3] where sign-outs may be missed a token is good for a stated time without another look', async () => {
  const { accounts, accessTokens, accessToken, clock } = await system();
  const authenticator = createAuthenticator({ accessTokens, accounts, clock, rememberedMsMax: 1_000 });
  await authenticator.authenticate(accessToken);
  await accounts.deleteDevice(identity.deviceId, signedOut, 0);
  clock.advance(999);
  expect(await authenticator.authenticate(accessToken)).toEqual(identity);
  clock.advance(1);
  expect(await authenticator.authenticate(accessToken)).toBeUndefined();
});

test('[P8] only so many tokens are remembered, the latest used', async () => {
  const { authenticator, accessToken, accessTokens, clock, verifications } = await system(2);
  const tokens = [accessToken];
  for (let index = 0; index < 2; index++) {
    clock.advance(1_000);
    tokens.push((await accessTokens.issue(identity)).accessToken);
  }
  for (const token of tokens) await authenticator.authenticate(token);
  await authenticator.authenticate(tokens[2] ?? '');
  expect(verifications()).toBe(3);
  await authenticator.authenticate(accessToken);
  expect(verifications()).toBe(4);
});

test('[SES-3] while the store is away nobody gets in on a signature alone, and who was let in before still does', async () => {
  const { accessTokens, accessToken, clock, accounts } = await system();
  let away = false;
  const authenticator = createAuthenticator({
    accessTokens,
    clock,
    accounts: {
      async deviceById(deviceId) {
        if (away) throw new StoreError('unavailable', 'busy');
        return accounts.deviceById(deviceId);
      },
    },
  });
  expect(await authenticator.authenticate(accessToken)).toEqual(identity);
  away = true;
  clock.advance(1_000);
  const { accessToken: other } = await accessTokens.issue(identity);
  await expect(authenticator.authenticate(other)).rejects.toMatchObject({ name: 'StoreError', kind: 'unavailable' });
  expect(await authenticator.authenticate(accessToken)).toEqual(identity);
  away = false;
  expect(await authenticator.authenticate(other)).toEqual(identity);
});
