import { expect, test } from 'vitest';
import { Histogram } from './histogram.ts';

test('[M7] an empty histogram says nothing', () => {
  expect(new Histogram().percentiles()).toEqual({ p50: 0, p99: 0, max: 0 });
});

test('[M7] the largest record is exact, whatever its bucket', () => {
  const histogram = new Histogram();
  histogram.recordMs(12_345.678);
  expect(histogram.percentiles()).toEqual({ p50: 12_345.678, p99: 12_345.678, max: 12_345.678 });
});

test('[M7] percentiles err by less than a sixty-fourth, and never downwards', () => {
  const histogram = new Histogram();
  for (let ms = 1; ms <= 10_000; ms++) histogram.recordMs(ms / 10);
  for (const quantile of [0.001, 0.25, 0.5, 0.9, 0.99, 1]) {
    const exact = quantile * 1000;
    expect(histogram.quantileMs(quantile)).toBeGreaterThanOrEqual(exact);
    expect(histogram.quantileMs(quantile)).toBeLessThan(exact * (1 + 1 / 64) + 0.001);
  }
  expect(histogram.count).toBe(10_000);
});

test('[M7] one slow message in a hundred shows in p99 only just', () => {
  const histogram = new Histogram();
  for (let i = 0; i < 98; i++) histogram.recordMs(1);
  histogram.recordMs(500);
  histogram.recordMs(500);
  expect(histogram.quantileMs(0.98)).toBeLessThan(1.02);
  expect(histogram.quantileMs(0.99)).toBe(500);
});

test('[M7] durations outside every scale are kept at its ends', () => {
  const histogram = new Histogram();
  histogram.recordMs(-1);
  histogram.recordMs(1e12);
  expect(histogram.quantileMs(0.5)).toBe(0);
  expect(histogram.percentiles().max).toBe(1e12);
});
