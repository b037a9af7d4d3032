import type { MemberLog } from './member-log.ts';

export interface Verdict {
  sent: number;
  delivered: number;
  /** Sent and never seen by the other member. */
  lost: number;
  /** Seen at a second seq. */
  duplicated: number;
  /** Seen at a seq before an earlier message of the same sender, or at a seq where a member saw another message. */
  outOfOrder: number;
}

export interface Member {
  log: MemberLog;
  /** How many messages it sent, numbered from 1. */
  sent: number;
}

export const flawless = ({ lost, duplicated, outOfOrder }: Verdict): boolean => lost + duplicated + outOfOrder === 0;

/** Judges a direct conversation by what its two members hold in the end. */
export function judgeConversation(a: Member, b: Member): Verdict {
  const verdict: Verdict = { sent: a.sent + b.sent, delivered: 0, lost: 0, duplicated: 0, outOfOrder: 0 };
  judgeDirection(a, b, verdict);
  judgeDirection(b, a, verdict);
  verdict.outOfOrder += a.log.conflicts + b.log.conflicts + disagreements(a.log, b.log);
  return verdict;
}

export function sumVerdicts(verdicts: Iterable<Verdict>): Verdict {
  const sum: Verdict = { sent: 0, delivered: 0, lost: 0, duplicated: 0, outOfOrder: 0 };
  for (const verdict of verdicts) {
    sum.sent += verdict.sent;
    sum.delivered += verdict.delivered;
    sum.lost += verdict.lost;
    sum.duplicated += verdict.duplicated;
    sum.outOfOrder += verdict.outOfOrder;
  }
  return sum;
}

function judgeDirection(sender: Member, receiver: Member, verdict: Verdict): void {
  const seen = new Uint8Array(sender.sent + 1);
  let seenCount = 0;
  let newest = 0;
  for (let seq = 1; seq <= receiver.log.lastSeq; seq++) {
    const number = receiver.log.at(seq);
    if (number <= 0) continue;
    if (seen[number] === 1) {
      verdict.duplicated += 1;
      continue;
    }
    seen[number] = 1;
    seenCount += 1;
    if (number < newest) verdict.outOfOrder += 1;
    else newest = number;
  }
  verdict.delivered += seenCount;
  verdict.lost += sender.sent - seenCount;
}

function disagreements(a: MemberLog, b: MemberLog): number {
  let count = 0;
  for (let seq = Math.min(a.lastSeq, b.lastSeq); seq > 0; seq--) {
    const [held, other] = [a.at(seq), b.at(seq)];
    if (held !== 0 && other !== 0 && held !== -other) count += 1;
  }
  return count;
}
