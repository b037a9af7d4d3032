/** Frames of one connection after which others come first. */
export const TURN_FRAMES = 1_000;

/** What frames come from. */
export interface Source {
  pause(): unknown;
  resume(): unknown;
}

/**
 * Keeps a connection that sends without a pause from having the event loop to itself: the kernel may hand over megabytes of
 * it before anybody else is heard (LOD-10).
 */
export class TurnTaking {
  readonly #source: Source;
  readonly #defer: (task: () => void) => void;
  #frames = 0;

  constructor(source: Source, defer: (task: () => void) => void = setImmediate) {
    this.#source = source;
    this.#defer = defer;
  }

  /** So many frames were carried out. */
  took(frames: number): void {
    const before = this.#frames;
    this.#frames += frames;
    if (before >= TURN_FRAMES || this.#frames < TURN_FRAMES) return;
    this.#source.pause();
    this.#defer(() => {
      this.#frames = 0;
      this.#source.resume();
    });
  }
}
