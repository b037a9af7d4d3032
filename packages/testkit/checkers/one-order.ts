import { type ConversationId, type Entry, EntryKind, encodeEntry } from '@hongyan/protocol';
import type { Checker } from './checker.ts';

const alike = (a: Entry, b: Entry) => Buffer.compare(encodeEntry(a), encodeEntry(b)) === 0;

/** What an entry is whether or not it was erased (MSG-2). */
const bare = (entry: Entry): Entry => ({ ...entry, body: NO_BYTES, header: undefined });
const NO_BYTES = new Uint8Array();

const mayBeErased = ({ kind }: Entry): boolean => kind === EntryKind.MESSAGE || kind === EntryKind.EDIT;
const isErased = (entry: Entry): boolean => mayBeErased(entry) && entry.body.length === 0;

const same = (a: Entry, b: Entry) => (isErased(a) || isErased(b) ? alike(bare(a), bare(b)) : alike(a, b));

interface Run {
  /** Grows when a device drops what it holds, as it does when the account begins anew in a group (GRP-1). */
  generation: number;
  fromSeq: number;
  toSeq: number;
}

/**
 * P3: a log is contiguous from 1 and never changes what it has; what a device takes into its store continues what it
 * holds without a gap, and an entry is the same on all devices.
 */
export function oneOrderChecker(): Checker {
  const known = new Map<ConversationId, readonly Entry[]>();
  const held = new Map<string, Run>();
  /** What each device has in its store, also below what it claims at the moment. */
  const taken = new Set<string>();
  /** Every entry any device ever took, by conversation and seq. */
  const seen = new Map<string, Entry>();
  return {
    promise: 'P3',
    observe(observation, complain) {
      if (observation.kind !== 'held') return;
      const { deviceId, conversationId, generation = 0, fromSeq, toSeq, entries } = observation;
      const where = `${deviceId} in ${conversationId}`;
      const known = held.get(where);
      if (known !== undefined && known.generation > generation) return;
      const before = known?.generation === generation ? known : undefined;
      if (before === undefined) for (const place of taken) if (place.startsWith(`${where}/`)) taken.delete(place);
      const added = entries.map((entry) => entry.seq);
      const wanted = newSeqs(before, { generation, fromSeq, toSeq });
      const missing = wanted.filter((seq) => !added.includes(seq) && !taken.has(`${where}/${seq}`));
      for (const seq of added) taken.add(`${where}/${seq}`);
      if (missing.length > 0) complain(`${where} claims ${fromSeq} to ${toSeq} but never took ${missing.join(', ')}`);
      if (before !== undefined && toSeq < before.toSeq) complain(`${where} went back from ${before.toSeq} to ${toSeq}`);
      held.set(where, { generation, fromSeq, toSeq });
      for (const entry of entries) {
        const place = `${conversationId}/${entry.seq}`;
        const first = seen.get(place) ?? entry;
        seen.set(place, first);
        if (!same(first, entry)) complain(`${place} is not the same on all devices (${where})`);
      }
    },
    audit(logs, complain) {
      for (const [conversationId, log] of logs) {
        log.forEach((entry, index) => {
          if (entry.seq !== index + 1) complain(`${conversationId} has seq ${entry.seq} at place ${index + 1}`);
          const taken = seen.get(`${conversationId}/${entry.seq}`);
          if (taken !== undefined && !same(taken, entry)) {
            complain(`a device holds another ${conversationId}/${entry.seq} than the log`);
          }
        });
        for (const [index, entry] of (known.get(conversationId) ?? []).entries()) {
          const now = log[index];
          if (now === undefined || !same(now, entry)) complain(`${conversationId}/${entry.seq} changed or vanished`);
        }
        known.set(conversationId, log);
      }
    },
  };
}

/** What `after` claims and `before` did not. */
function newSeqs(before: Run | undefined, after: Run): number[] {
  const seqs: number[] = [];
  for (let seq = Math.max(1, after.fromSeq); seq <= after.toSeq; seq++) {
    if (before === undefined || seq < before.fromSeq || seq > before.toSeq) seqs.push(seq);
  }
  return seqs;
}
