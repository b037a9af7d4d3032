/** No single answer says more than this of the network; it may have been the server that was slow. */
const RTT_SAMPLE_MAX_MS = 5_000;
/** A round trip that a person notices. */
const WEAK_RTT_MS = 1_500;
/** How long a connection counts as weak after something went wrong on it. */
const TROUBLE_SPAN_MS = 30_000;
/** The weight of the newest round trip. */
const SMOOTHING = 0.25;

/**
 * CON-6: a connection is weak while its smoothed round trip is above 1.5 s, and for 30 s after a probe was needed or a
 * message had to be sent again.
 */
export interface NetworkQuality {
  readonly smoothedRttMs: number | undefined;
  readonly troubledUntilMs: number;
}

export const UNKNOWN_QUALITY: NetworkQuality = { smoothedRttMs: undefined, troubledUntilMs: 0 };

export function afterRoundTrip(quality: NetworkQuality, roundTripMs: number): NetworkQuality {
  const { smoothedRttMs } = quality;
  const rttMs = Math.min(roundTripMs, RTT_SAMPLE_MAX_MS);
  const smoothed = smoothedRttMs === undefined ? rttMs : smoothedRttMs + SMOOTHING * (rttMs - smoothedRttMs);
  return { ...quality, smoothedRttMs: smoothed };
}

export const afterTrouble = (quality: NetworkQuality, nowMs: number): NetworkQuality => ({
  ...quality,
  troubledUntilMs: nowMs + TROUBLE_SPAN_MS,
});

export const isWeak = ({ smoothedRttMs, troubledUntilMs }: NetworkQuality, nowMs: number): boolean =>
  nowMs < troubledUntilMs || (smoothedRttMs ?? 0) > WEAK_RTT_MS;
