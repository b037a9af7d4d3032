import type { Bus } from '@hongyan/core';
import { encodePush, type UserId } from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { createInProcessBus } from '../adapters/bus/inprocess/bus.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { anna, annasPhone, boris, testId } from '../testing/people.ts';
import { ACCOUNT_SESSIONS_MAX, DEVICE_SESSIONS_MAX } from './account-sessions.ts';
import { RESUME_MS, SessionRegistry } from './session-registry.ts';
import type { SessionStream } from './session-stream.ts';

const nobody = { send() {}, superseded() {}, crowdedOut() {} };

let bus: Bus;
let clock: ManualClock;
let registry: SessionRegistry;
let sessions: number;

function create(bounds?: { detachedMax: number; detachedBytesMax: number }): void {
  bus = createInProcessBus();
  clock = new ManualClock();
  sessions = 0;
  const newSessionId = () => {
    sessions += 1;
    return `session ${sessions}`;
  };
  registry = new SessionRegistry({ bus, clock, newSessionId, ...(bounds === undefined ? {} : { bounds }) });
}

function settled(identity = anna): SessionStream {
  const stream = registry.open(identity, nobody);
  stream.caughtUp(0, clock.now());
  return stream;
}

function waiting(identity = anna): SessionStream {
  const stream = settled(identity);
  registry.detach(stream);
  return stream;
}

function publish(userId: UserId, bytes: number): void {
  const value = { userId, conversationId: 'x'.repeat(bytes), deliveredSeq: 0, readSeq: 0 };
  const frame = encodePush({ case: 'receipt', value });
  bus.publish({ userId, frame, exceptSessionId: '' });
}

const resumeOf = (stream: SessionStream, pushesReceived = 1) => ({
  sessionId: stream.caller.sessionId,
  pushesReceived,
});

beforeEach(() => create());

describe('SessionRegistry', () => {
  test('[SES-11] a session waits for its time, each on its own', () => {
    const first = waiting();
    clock.advance(RESUME_MS / 2);
    const second = waiting();
    clock.advance(RESUME_MS / 2);
    expect(registry.wouldResume(resumeOf(first))).toBe(false);
    expect(registry.take(resumeOf(second), anna)).toBe(second);
    clock.advance(RESUME_MS);
    expect(registry.take(resumeOf(second), anna)).toBe(second);
  });

  test('[SES-12] a session of another account or device is not given, and does not end by being asked for', () => {
    const stream = waiting();
    expect(registry.take(resumeOf(stream), boris)).toBeUndefined();
    expect(registry.take(resumeOf(stream), annasPhone)).toBeUndefined();
    expect(registry.take(resumeOf(stream), anna)).toBe(stream);
  });

  test('[LOD-2] once it is known whose token it is, only its own session would be gone on with', () => {
    const stream = waiting();
    const resume = resumeOf(stream);
    expect(registry.wouldResume(resume)).toBe(true);
    expect([anna, annasPhone, boris].map((who) => registry.wouldResume(resume, who))).toEqual([true, false, false]);
  });

  test('[SES-12] one that was not brought up to date does not wait', () => {
    const stream = registry.open(anna, nobody);
    registry.detach(stream);
    expect(registry.detachedCount).toBe(0);
    expect(registry.wouldResume(resumeOf(stream, 0))).toBe(false);
  });

  test('[SES-12] a session that is being brought up to date again does not wait', () => {
    const stream = settled();
    stream.holdBack();
    registry.detach(stream);
    expect(registry.detachedCount).toBe(0);
  });

  test('[SES-12] a session that would have to keep too much ends', () => {
    const stream = waiting();
    publish(anna.userId, 60 * 1024);
    expect(registry.wouldResume(resumeOf(stream))).toBe(true);
    publish(anna.userId, 10 * 1024);
    expect(registry.wouldResume(resumeOf(stream))).toBe(false);
    expect(registry.detachedCount).toBe(0);
  });

  test('[SES-12] of too many waiting sessions those that wait longest end', () => {
    create({ detachedMax: 2, detachedBytesMax: Number.POSITIVE_INFINITY });
    const streams = [waiting(), waiting(boris), waiting()];
    expect(streams.map((stream) => registry.wouldResume(resumeOf(stream)))).toEqual([false, true, true]);
  });

  test('[SES-12] waiting sessions that keep too much together end, longest wait first, and free what they kept', () => {
    create({ detachedMax: 10, detachedBytesMax: 50_000 });
    const [first, second] = [waiting(), waiting(boris)];
    publish(anna.userId, 30_000);
    expect(registry.detachedCount).toBe(2);
    publish(boris.userId, 30_000);
    expect(registry.wouldResume(resumeOf(first))).toBe(false);
    expect(registry.wouldResume(resumeOf(second))).toBe(true);
    expect(registry.take(resumeOf(second), boris)).toBe(second);
    waiting();
    publish(anna.userId, 45_000);
    expect(registry.detachedCount).toBe(1);
  });

  test('[SES-13] signing a device out ends what waits of it only; the end of the server ends all', () => {
    const [desk, phone] = [waiting(), waiting(annasPhone)];
    registry.revoke(anna.deviceId);
    expect(registry.wouldResume(resumeOf(desk))).toBe(false);
    expect(registry.wouldResume(resumeOf(phone))).toBe(true);
    registry.close();
    expect(registry.wouldResume(resumeOf(phone))).toBe(false);
    waiting();
    expect(registry.detachedCount).toBe(0);
  });
});

describe('a session too many', () => {
  /** A session with a connection; the names of those that were crowded out are in `crowded`. */
  const connected = (name: string, crowded: string[], identity = anna) => {
    const stream = registry.open(identity, { ...nobody, crowdedOut: () => crowded.push(name) });
    stream.caughtUp(0, clock.now());
    return stream;
  };
  const fill = (count: number, crowded: string[], identity = anna) =>
    Array.from({ length: count }, (_, n) => connected(`${n}`, crowded, identity));

  test('[SES-15] ends the one of the same device that waits without a connection, else that of the oldest connection', () => {
    const crowded: string[] = [];
    const streams = fill(DEVICE_SESSIONS_MAX, crowded);
    const [oldest, lost] = [streams[0], streams[5]];
    if (oldest === undefined || lost === undefined) throw new Error('there are none');
    registry.detach(lost);
    connected('a', crowded);
    expect([crowded, registry.wouldResume(resumeOf(lost)), registry.detachedCount]).toEqual([[], false, 0]);
    expect(registry.take(resumeOf(oldest), anna)).toBe(oldest);
    connected('b', crowded);
    expect(crowded).toEqual(['1']);
    expect(registry.wouldResume(resumeOf(oldest))).toBe(true);
  });

  test('[SES-15] is counted for each device, and for all of an account together', () => {
    const crowded: string[] = [];
    const devices = ACCOUNT_SESSIONS_MAX / DEVICE_SESSIONS_MAX;
    for (let n = 0; n < devices; n++) fill(DEVICE_SESSIONS_MAX, crowded, { ...anna, deviceId: testId('d', n) });
    fill(DEVICE_SESSIONS_MAX, crowded, boris);
    expect(crowded).toEqual([]);
    connected('late', crowded, { ...anna, deviceId: testId('d', devices) });
    expect(crowded).toEqual(['0']);
  });

  test('[SES-15] does not end for those that have ended before', () => {
    const crowded: string[] = [];
    for (let times = 0; times < 5; times++)
      for (const stream of fill(DEVICE_SESSIONS_MAX, crowded)) registry.end(stream);
    expect(crowded).toEqual([]);
  });
});
