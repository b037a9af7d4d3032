import { expect, test } from 'vitest';
import { createFixedClock } from '../testing/fixed-clock.ts';
import { createTickets } from './tickets.ts';

const device = 'd0000000000000001';
const sinceMs = 1_795_300_000_000.0012;

function setUp() {
  const clock = createFixedClock();
  const tickets = createTickets(Uint8Array.of(1, 2, 3), clock);
  return { clock, tickets, ticket: tickets.issue(device, sinceMs, 3_000) };
}

test('[A6] a ticket keeps the place of its device to the last digit, also on another node with the same key', () => {
  const { clock, tickets, ticket } = setUp();
  expect(tickets.read(device, ticket)).toBe(sinceMs);
  expect(createTickets(Uint8Array.of(1, 2, 3), clock).read(device, ticket)).toBe(sinceMs);
  expect(ticket.length).toBeLessThan(256);
});

test('[A6, P9] a ticket of another device, of another cluster, or changed in any place counts as none', () => {
  const { clock, tickets, ticket } = setUp();
  expect(tickets.read('d0000000000000002', ticket)).toBeUndefined();
  expect(createTickets(Uint8Array.of(9), clock).read(device, ticket)).toBeUndefined();
  for (let at = 0; at < ticket.length; at++) {
    const other = ticket[at] === '1' ? '2' : '1';
    expect(tickets.read(device, `${ticket.slice(0, at)}${other}${ticket.slice(at + 1)}`)).toBeUndefined();
  }
  for (const nonsense of ['', ':::', `${ticket} `, ticket.slice(0, -1), '1:2:3', 'x'.repeat(256), '\0']) {
    expect(tickets.read(device, nonsense)).toBeUndefined();
  }
});

test('[A6] a place is kept for a while after its time, and not for another day', () => {
  const { clock, tickets, ticket } = setUp();
  clock.advance(3_000 + 9 * 60_000);
  expect(tickets.read(device, ticket)).toBe(sinceMs);
  clock.advance(2 * 60_000);
  expect(tickets.read(device, ticket)).toBeUndefined();
});
