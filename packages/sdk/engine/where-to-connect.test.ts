import { CloseCode } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { connected, welcomed } from './testing/connected.ts';
import { Device } from './testing/device.ts';
import { ModelServer, pushFrame } from './testing/model-server.ts';

/** What the next attempt to connect is told of the one before. */
function nextOutcome(device: Device): string | undefined {
  device.outcomes = [];
  device.fire('reconnect');
  return device.outcomes.at(-1);
}

const close = (device: Device, code: CloseCode) =>
  device.receive(pushFrame({ case: 'closing', value: { code, reason: '', retryAfterMs: 0 } }));

test('[CON-10] the first attempt knows of none before, and one that fails is told of once', async () => {
  const device = new Device();
  await device.start();
  expect(device.outcomes).toEqual(['none']);
  device.lose();
  expect(nextOutcome(device)).toBe('failed');
  device.do({ type: 'networkChanged', online: true });
  expect(nextOutcome(device)).toBe('none');
});

test('[CON-10] a connection that worked is looked for where it was, also when the first attempt is cut short', async () => {
  const device = await connected();
  device.lose();
  expect(nextOutcome(device)).toBe('lost');
  device.do({ type: 'networkChanged', online: true });
  expect(nextOutcome(device)).toBe('lost');
  device.lose();
  expect(nextOutcome(device)).toBe('failed');
});

test.each([
  ['OVERLOADED', CloseCode.OVERLOADED, 'sent-away'],
  ['GOING_AWAY', CloseCode.GOING_AWAY, 'sent-away'],
  ['UNAVAILABLE', CloseCode.UNAVAILABLE, 'lost'],
  ['HEARTBEAT_TIMEOUT', CloseCode.HEARTBEAT_TIMEOUT, 'lost'],
])('[CON-10] after %s the next attempt is told so', async (_name, code, outcome) => {
  const device = await connected();
  close(device, code);
  expect(nextOutcome(device)).toBe(outcome);
});

test('[CON-10] who is turned away before being live, or never gets to be live, goes elsewhere', async () => {
  const device = await welcomed(new ModelServer());
  close(device, CloseCode.OVERLOADED);
  expect(nextOutcome(device)).toBe('sent-away');
  device.open();
  device.fire('handshake');
  expect(nextOutcome(device)).toBe('failed');
});

test('[CON-10] a refused token says nothing of the place', async () => {
  const device = await connected();
  device.outcomes = [];
  device.lose(CloseCode.UNAUTHENTICATED);
  device.do({ type: 'credentialsRefreshed' });
  expect(device.outcomes).toEqual(['none']);
});

test('[CON-10] the next account begins anew', async () => {
  const device = await connected();
  close(device, CloseCode.GOING_AWAY);
  device.do({ type: 'signedOut' });
  device.outcomes = [];
  await device.start();
  expect(device.outcomes).toEqual(['none']);
});
