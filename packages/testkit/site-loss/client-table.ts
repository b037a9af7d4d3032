/** What a client does until its next event. */
export const ClientState = {
  /** It has no event. */
  Connected: 0,
  /** It will ask for gateways. */
  Pausing: 1,
  /** Its question will be looked at. */
  Asking: 2,
  /** It will try the next gateway it was given. */
  Trying: 3,
} as const;

export const GATEWAYS_GIVEN_MAX = 3;
const NONE = -1;

/** A million clients, each in a few dozen bytes: a column for each thing that is known of them. */
export class ClientTable {
  readonly count: number;
  readonly state: Uint8Array;
  /** The index of the gateway it is connected to. */
  readonly gateway: Int16Array;
  /** The index of the allocator it asks. */
  readonly desk: Int16Array;
  /** What the engine's next pause grows from. */
  readonly delayMs: Uint16Array;
  /** What it was told last by a gateway. */
  readonly adviceMs: Int32Array;
  /** NaN: it is in no line. */
  readonly waitingSinceMs: Float64Array;
  /** How often it was told to wait by an allocator, */
  readonly queued: Uint16Array;
  /** and turned away by a gateway. */
  readonly refused: Uint16Array;
  /** When it first lost its connection. */
  readonly lostAtMs: Int32Array;
  /** When it last got one after that. */
  readonly backAtMs: Int32Array;
  readonly #given: Int16Array;
  readonly #triedCount: Uint8Array;

  constructor(count: number) {
    this.count = count;
    this.state = new Uint8Array(count);
    this.gateway = new Int16Array(count).fill(NONE);
    this.desk = new Int16Array(count).fill(NONE);
    this.delayMs = new Uint16Array(count);
    this.adviceMs = new Int32Array(count);
    this.waitingSinceMs = new Float64Array(count).fill(Number.NaN);
    this.queued = new Uint16Array(count);
    this.refused = new Uint16Array(count);
    this.lostAtMs = new Int32Array(count).fill(NONE);
    this.backAtMs = new Int32Array(count).fill(NONE);
    this.#given = new Int16Array(count * GATEWAYS_GIVEN_MAX).fill(NONE);
    this.#triedCount = new Uint8Array(count);
  }

  wasLost(client: number): boolean {
    return this.lostAtMs[client] !== NONE;
  }

  /** The gateways to try, in this order. */
  give(client: number, gateways: readonly number[]): void {
    for (let place = 0; place < GATEWAYS_GIVEN_MAX; place++) {
      this.#given[client * GATEWAYS_GIVEN_MAX + place] = gateways[place] ?? NONE;
    }
    this.#triedCount[client] = 0;
  }

  /** The gateway to try now, which counts as tried from then on. undefined: all were. */
  nextGateway(client: number): number | undefined {
    const gateway = this.peekGateway(client);
    this.#triedCount[client] = (this.#triedCount[client] ?? 0) + 1;
    return gateway;
  }

  /** The gateway to try next. */
  peekGateway(client: number): number | undefined {
    const place = this.#triedCount[client] ?? 0;
    const gateway = place < GATEWAYS_GIVEN_MAX ? this.#given[client * GATEWAYS_GIVEN_MAX + place] : NONE;
    return gateway === NONE ? undefined : gateway;
  }

  connected(client: number, gateway: number, nowMs: number): void {
    this.state[client] = ClientState.Connected;
    this.gateway[client] = gateway;
    this.delayMs[client] = 0;
    this.waitingSinceMs[client] = Number.NaN;
    if (this.wasLost(client)) this.backAtMs[client] = nowMs;
  }

  lost(client: number, nowMs: number): void {
    this.gateway[client] = NONE;
    if (!this.wasLost(client)) this.lostAtMs[client] = nowMs;
    this.backAtMs[client] = NONE;
  }
}
