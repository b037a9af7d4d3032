/** Where values are along an axis. */
export interface Scale {
  min: number;
  max: number;
  ticks: readonly number[];
  /** 0 at the axis' beginning, 1 at its end. */
  shareOf(value: number): number;
}

const STEPS = [1, 2, 5, 10];
const TICKS = 5;

/** The step that people count in and that needs about so many ticks. */
function stepFor(span: number, ticks: number): number {
  const least = span / ticks;
  const power = 10 ** Math.floor(Math.log10(least));
  return power * (STEPS.find((step) => step * power >= least * 0.999) ?? 10);
}

/** From `min` to `max` as they are. */
export function linearScale(min: number, max: number, ticks = TICKS): Scale {
  const span = max > min ? max - min : 1;
  const step = stepFor(span, ticks);
  const first = Math.ceil(min / step - 1e-9);
  const count = Math.floor((min + span) / step + 1e-9) - first + 1;
  return {
    min,
    max: min + span,
    ticks: Array.from({ length: count }, (_, index) => (first + index) * step),
    shareOf: (value) => (value - min) / span,
  };
}

/** From 0 to the next tick that nothing is above. */
export function scaleFromZero(highest: number, ticks = TICKS): Scale {
  const max = highest > 0 ? highest : 1;
  const step = stepFor(max, ticks);
  return linearScale(0, Math.ceil(max / step - 1e-9) * step, ticks);
}

/** From a power of ten to the highest value. What is below the power is drawn at it. */
export function logScale(lowest: number, highest: number): Scale {
  const first = Math.floor(Math.log10(Math.max(1, lowest)));
  const last = Math.max(first + 1, Math.log10(Math.max(1, highest)));
  const logOf = (value: number) => Math.max(first, Math.log10(Math.max(1, value)));
  return {
    min: 10 ** first,
    max: 10 ** last,
    ticks: Array.from({ length: Math.floor(last) - first + 1 }, (_, index) => 10 ** (first + index)),
    shareOf: (value) => (logOf(value) - first) / (last - first),
  };
}
