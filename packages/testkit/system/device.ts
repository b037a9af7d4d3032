import type { ConversationId, DeviceId, UserId } from '@hongyan/protocol';
import type { EngineEvent, EnginePort } from '@hongyan/sdk/engine/types';
import type { DeviceView } from '../checkers/index.ts';
import { DeviceLife, type DeviceParts } from './device-life.ts';
import { DeviceStore } from './device-store.ts';
import { readableId } from './names.ts';

/** A device and the person at it: its program can be started, crash, and lose the network at any moment. */
export class SimulatedDevice implements DeviceView {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
  readonly #parts: DeviceParts;
  readonly #store = new DeviceStore();
  #life: DeviceLife | undefined;
  #hasNetwork = true;
  #written = 0;
  #requested = 0;

  constructor(parts: DeviceParts) {
    this.userId = parts.userId;
    this.deviceId = parts.deviceId;
    this.#parts = parts;
  }

  get isRunning(): boolean {
    return this.#life !== undefined;
  }

  get hasNetwork(): boolean {
    return this.#hasNetwork;
  }

  /** Of the present life; throws while the device is off. */
  get engine(): EnginePort {
    if (this.#life === undefined) throw new Error(`${this.deviceId} is off`);
    return this.#life.engine;
  }

  held(conversationId: ConversationId) {
    return this.#store.entries(conversationId);
  }

  start(): void {
    const { userId, deviceId } = this;
    this.#life = new DeviceLife(this.#parts, this.#store, this);
    this.#parts.observe({ kind: 'device-started', deviceId });
    this.#tell({ type: 'signedIn', account: { userId, deviceId }, snapshot: this.#store.snapshot() });
  }

  /** The program dies: what its store had not taken is gone. */
  crash(): void {
    if (this.#life === undefined) return;
    this.#life.end();
    this.#life = undefined;
    this.#parts.observe({ kind: 'device-crashed', deviceId: this.deviceId });
  }

  /** The platform loses or finds the network; connections then die unsaid. */
  setNetwork(online: boolean): void {
    this.#hasNetwork = online;
    if (!online) this.#life?.cutConnections();
    this.#tell({ type: 'networkChanged', online });
  }

  compose(conversationId: ConversationId, body: Uint8Array): void {
    const { deviceId } = this;
    if (this.#life === undefined) return;
    this.#written += 1;
    const clientMessageId = `${readableId(deviceId)}-${this.#written}`;
    this.#parts.observe({ kind: 'composed', deviceId, conversationId, clientMessageId });
    this.#life.own.composed(conversationId, clientMessageId);
    this.#tell({ type: 'messageComposed', conversationId, clientMessageId, body });
  }

  /** The person opens a conversation and sees its newest messages. */
  open(conversationId: ConversationId): void {
    const { deviceId } = this;
    const seq = this.#life?.engine.position(conversationId)?.toSeq ?? 0;
    if (seq > 0) this.#parts.observe({ kind: 'opened', deviceId, conversationId, seq });
    this.#tell({ type: 'timelineOpened', conversationId });
    this.#tell({ type: 'conversationRead', conversationId });
  }

  /** The person scrolls back in an open conversation. */
  scrollBack(conversationId: ConversationId): void {
    this.#requested += 1;
    this.#tell({ type: 'olderRequested', conversationId, count: 5, requestId: this.#requested });
  }

  close(conversationId: ConversationId): void {
    this.#tell({ type: 'timelineClosed', conversationId });
  }

  #tell(event: EngineEvent): void {
    this.#life?.tell(event);
  }
}
