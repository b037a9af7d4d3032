import type { Clock } from '@hongyan/core';
import type { Checker, Cursors, Logs, PromiseId, Settled, Violation } from '../checkers/index.ts';
import type { Observation } from '../observation.ts';
import type { Trace } from '../trace.ts';
import { readableId } from './names.ts';

/** Shows everything to every checker, and collects what they complain of. */
export class Referee {
  readonly violations: Violation[] = [];
  readonly #checkers: readonly Checker[];
  readonly #clock: Clock;
  readonly #trace: Trace;
  readonly #startMs: number;

  constructor(checkers: readonly Checker[], clock: Clock, trace: Trace) {
    this.#checkers = checkers;
    this.#clock = clock;
    this.#trace = trace;
    this.#startMs = clock.now();
  }

  observe(observation: Observation): void {
    this.#trace.write(inWords(observation));
    for (const checker of this.#checkers) {
      checker.observe?.(observation, (message) => this.complain(checker.promise, message));
    }
  }

  audit(logs: Logs, cursors: Cursors): void {
    for (const checker of this.#checkers) {
      checker.audit?.(logs, (message) => this.complain(checker.promise, message), cursors);
    }
  }

  /** What has not converged yet: with `held` what people notice, with `at rest` also whether everybody has compared. */
  outstanding(settled: Settled, until: 'held' | 'at rest' = 'at rest'): { promise: PromiseId; message: string }[] {
    return this.#checkers.flatMap((checker) => {
      const restless = until === 'at rest' ? (checker.restless?.(settled) ?? []) : [];
      const messages = [...(checker.outstanding?.(settled) ?? []), ...restless];
      return messages.map((message) => ({ promise: checker.promise, message }));
    });
  }

  complain(promise: PromiseId, message: string): void {
    this.#trace.write(`VIOLATION of ${promise}: ${message}`);
    this.violations.push({ promise, message: readableId(message), atMs: this.#clock.now() - this.#startMs });
  }
}

function inWords(observation: Observation): string {
  const { kind } = observation;
  switch (kind) {
    case 'server-started':
    case 'server-crashed':
    case 'server-stopped':
    case 'device-started':
    case 'device-crashed':
      return `${kind} ${'deviceId' in observation ? observation.deviceId : ''}`;
    case 'commands-sent':
      return `${observation.deviceId} sends ${observation.commands.map(({ id, body }) => `${body?.case} ${id}`)}`;
    case 'frames-received':
      return `${observation.deviceId} hears ${observation.frames.map(({ frame }) => frame?.value.body?.case)}`;
    case 'attacker-received':
      return `${observation.name} hears ${observation.frames.map(({ frame }) => frame?.value.body?.case)}`;
    case 'connection-over':
      return `${observation.deviceId} has no connection ${observation.connectionId} any more`;
    case 'accepted':
      return `${observation.gateway} takes a connection of ${observation.deviceId}`;
    case 'carried':
      return `the bus carries ${observation.push.body?.case} to ${observation.userId} at ${observation.gateway}`;
    case 'founded':
      return `${observation.members} are to be ${observation.conversationId}`;
    case 'committed': {
      const { conversationId, seq, clientMessageId } = observation.entry;
      return `the store has ${conversationId}/${seq} ${clientMessageId}`;
    }
    case 'prying':
      return `${observation.userId} asks for all of ${observation.conversationId} by hand`;
    case 'prier-received': {
      const told = observation.frames.map(({ frame }) => frame?.value.body?.case);
      return `${observation.userId} asks for ${observation.conversationId} and hears ${told}`;
    }
    case 'change-refused':
    case 'tried-again':
    case 'given-up':
    case 'composed':
    case 'outbox-kept':
      return `${observation.deviceId} ${kind} ${observation.clientMessageId}`;
    case 'sent':
      return `${observation.deviceId} sent ${observation.clientMessageId} as ${observation.conversationId}/${observation.seq}`;
    case 'message-state':
      return `${observation.deviceId} shows ${observation.clientMessageId} as ${observation.state.name}`;
    case 'announced': {
      const { conversationId, seq, id } = observation.message;
      return `${observation.deviceId} announced ${conversationId}/${seq} ${id}`;
    }
    case 'held': {
      const { deviceId, conversationId, fromSeq, toSeq, readSeq, entries } = observation;
      return `${deviceId} holds ${conversationId} ${fromSeq}-${toSeq} read ${readSeq}, new ${entries.map((e) => e.seq)}`;
    }
    case 'complete':
      return `everybody holds all, namely ${observation.all}`;
    case 'older-requested':
    case 'older-answered':
      return `${observation.deviceId} ${kind} ${observation.requestId}`;
    case 'opened':
      return `${observation.deviceId} saw ${observation.conversationId} to ${observation.seq}`;
    case 'stated':
    case 'told': {
      const { deviceId, conversationId, deliveredSeq, readSeq } = observation;
      const who = 'userId' in observation ? `of ${observation.userId} ` : '';
      return `${deviceId} ${kind} ${who}${conversationId} delivered ${deliveredSeq} read ${readSeq}`;
    }
  }
}
