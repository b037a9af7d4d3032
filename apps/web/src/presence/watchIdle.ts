import type { Client } from '@hongyan/sdk';

/** Nobody is at a device after so long without a key, a pointer or a touch. */
const IDLE_AFTER_MS = 5 * 60_000;
/** Movements are counted once in so long. */
const COUNTED_EVERY_MS = 1_000;
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart', 'focus'] as const;

/** Tells the client whether somebody is at this device. A page that nobody can see has nobody at it after the same time. */
export function watchIdle(sdk: Client): void {
  let isIdle = false;
  let countedAtMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function set(next: boolean): void {
    if (isIdle === next) return;
    isIdle = next;
    sdk.setIdle(next);
  }

  function counted(): void {
    if (document.visibilityState === 'hidden') return;
    const nowMs = Date.now();
    if (!isIdle && nowMs - countedAtMs < COUNTED_EVERY_MS) return;
    countedAtMs = nowMs;
    set(false);
    clearTimeout(timer);
    timer = setTimeout(() => set(true), IDLE_AFTER_MS);
  }

  for (const sign of SIGNS) addEventListener(sign, counted, { passive: true, capture: true });
  document.addEventListener('visibilitychange', counted);
  counted();
}
