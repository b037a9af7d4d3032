/** Two sounds are never closer than this: a burst of messages rings once. */
const PAUSE_MS = 1_500;
/** A soft falling third: frequency, and when it begins. */
const NOTES = [
  { hertz: 880, atSeconds: 0 },
  { hertz: 698.5, atSeconds: 0.11 },
] as const;
const LASTS_SECONDS = 0.45;
const VOLUME = 0.16;

let context: AudioContext | undefined;
let rangAtMs = 0;

/** Browsers let a page sound only once somebody has touched it. */
export function prepareChime(): void {
  const prepare = () => {
    context ??= new AudioContext();
    void context.resume();
  };
  addEventListener('pointerdown', prepare, { once: true, capture: true });
  addEventListener('keydown', prepare, { once: true, capture: true });
}

/** Rings, if the browser lets it. */
export function chime(): void {
  const nowMs = Date.now();
  if (context === undefined || context.state !== 'running' || nowMs - rangAtMs < PAUSE_MS) return;
  rangAtMs = nowMs;
  for (const { hertz, atSeconds } of NOTES) ring(context, hertz, context.currentTime + atSeconds);
}

function ring(audio: AudioContext, hertz: number, beginSeconds: number): void {
  const tone = audio.createOscillator();
  const loudness = audio.createGain();
  tone.type = 'sine';
  tone.frequency.value = hertz;
  loudness.gain.setValueAtTime(0.0001, beginSeconds);
  loudness.gain.exponentialRampToValueAtTime(VOLUME, beginSeconds + 0.012);
  loudness.gain.exponentialRampToValueAtTime(0.0001, beginSeconds + LASTS_SECONDS);
  tone.connect(loudness).connect(audio.destination);
  tone.start(beginSeconds);
  tone.stop(beginSeconds + LASTS_SECONDS);
}
