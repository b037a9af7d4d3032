import { decodeRequestBatch } from '@hongyan/protocol/cluster';
import { expect, test } from 'vitest';
import { BatchNumbers } from './batch-numbers.ts';
import { Link } from './link.ts';
import type { PendingRequest } from './pending.ts';

/** A gateway's links to one node, each of which is made when the one before was given up. */
function links() {
  const numbers = new BatchNumbers();
  const address = { send: () => undefined, close: () => undefined };
  const parts = { gatewayId: 'g', nodeId: 'l', hash: 1, restored: 0, address, batchNumbers: numbers, nowMs: () => 0 };
  return () => new Link(parts);
}

const statement = (id: number, statedBy: string): PendingRequest => ({
  id,
  key: 1,
  isOrdered: false,
  encoded: new Uint8Array(1),
  deadlineMs: 1_000,
  givenUpMs: 1_000,
  statedBy,
  answered: () => true,
  failed: () => undefined,
});

test('[RCP-6] what was stated in batches that a node has not kept is forgotten with it', () => {
  const link = links()();
  for (const [id, session] of ['s1', 's2', 's3'].entries()) {
    link.post(statement(id + 1, session));
    link.flush();
  }
  link.answered({ logicId: 'l', keptThrough: 2, answers: [] }, () => undefined);
  expect(link.end().unkept).toEqual(new Set(['s3']));
});

test('[RCP-6] a node that was given up and is there again has not kept what is stated now because it kept as much before', () => {
  const open = links();
  const before = open();
  for (let id = 1; id <= 3; id++) {
    before.post(statement(id, 's1'));
    before.flush();
  }
  before.end();
  const link = open();
  link.post(statement(4, 's2'));
  link.flush();
  link.answered({ logicId: 'l', keptThrough: 3, answers: [] }, () => undefined);
  expect(link.end().unkept).toEqual(new Set(['s2']));
});

test('[P3] what is sent again in one turn for two reasons goes in the order in which it was asked', () => {
  let nowMs = 0;
  const sent: Uint8Array[] = [];
  const address = { send: (payload: Uint8Array) => void sent.push(payload), close: () => undefined };
  const batchNumbers = new BatchNumbers();
  const link = new Link({
    gatewayId: 'g',
    nodeId: 'l',
    hash: 1,
    restored: 0,
    address,
    batchNumbers,
    nowMs: () => nowMs,
  });
  for (const id of [1, 2]) {
    link.post(statement(id, ''));
    link.flush();
    nowMs += 1_000;
  }
  sent.length = 0;
  link.repost(0);
  link.post(statement(3, ''));
  link.repost(nowMs);
  link.flush();
  const ids = sent.flatMap((payload) => decodeRequestBatch(payload).requests.map(({ id }) => id));
  expect(ids).toEqual([1, 2, 3]);
});
