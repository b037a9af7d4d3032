import type { Allocation, AllocationRequest, NodeAnnouncement } from '@hongyan/core';
import type { AllocationPolicy } from './allocation-desk.ts';

const GATEWAYS_MAX = 3;
const SILENT_AFTER_MS = 3_000;
const NOBODY_RETRY_AFTER_MS = 1_000;

interface Heard {
  announcement: NodeAnnouncement;
  saidAtMs: number;
}

/** A bad policy, to see that it is seen: everybody goes where it is emptiest by the last announcements. */
export class EmptiestFirst implements AllocationPolicy {
  #heard: Heard[] = [];

  hear(announcement: NodeAnnouncement, ageMs: number, nowMs: number): void {
    const others = this.#heard.filter((each) => each.announcement.nodeId !== announcement.nodeId);
    this.#heard = [...others, { announcement, saidAtMs: nowMs - ageMs }].sort(
      (one, other) => one.announcement.connections - other.announcement.connections,
    );
  }

  sharedBy(_allocators: number): void {}

  allocate(_request: AllocationRequest, nowMs: number): Allocation {
    const gateways: string[] = [];
    for (const { announcement, saidAtMs } of this.#heard) {
      if (nowMs - saidAtMs < SILENT_AFTER_MS) gateways.push(announcement.nodeId);
      if (gateways.length === GATEWAYS_MAX) break;
    }
    if (gateways.length > 0) return { kind: 'allocated', gateways };
    return { kind: 'queued', place: 1, retryAfterMs: NOBODY_RETRY_AFTER_MS, waitingSinceMs: undefined };
  }
}
