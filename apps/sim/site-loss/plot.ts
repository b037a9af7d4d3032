import { LOST_SITE, type Sample, SITES, type SiteLossReport } from '@hongyan/testkit';
import { card, figure, type Hue, type Line, linearScale, linePanel, scaleFromZero } from '@hongyan/testkit/plot';
import { after } from './report.ts';

const SECOND_MS = 1_000;
/** Rates are shown as the mean of so many samples. */
const SMOOTHED_SAMPLES = 4;
const SECONDS_TICKS = 10;
/** In the order of `SITES`. */
export const SITE_HUES: readonly Hue[] = ['red', 'blue', 'orange', 'green', 'purple'];

/** A picture of a run: how full each site is, and how fast it begins sessions, over time. */
export function plot(report: SiteLossReport): string {
  const { options, samples, world } = report;
  const rows = samples.filter(({ atMs }) => atMs >= -SECOND_MS * 4);
  const x = linearScale(-4, (rows.at(-1)?.atMs ?? 0) / SECOND_MS, SECONDS_TICKS);
  const room = report.sites[0]?.connectionsMax ?? 1;
  const gateways = room / world.connectionsMax;
  const rateMax = (world.handshakesPerSecond * gateways) / SECOND_MS;
  const fullness = linesOf(rows, ({ connections }, site) => (100 * (connections[site] ?? 0)) / room);
  const rates = linesOf(rows, (_, site, index) => rateOf(rows, site, index) / SECOND_MS);
  const shared = { xTitle: 'seconds from the loss', x, marks: [{ x: 0, label: 'site a is lost' }] };
  return card({
    title: `One of five sites is lost with ${figure(report.lost)} of ${figure(options.clients)} people`,
    description: `Half of them are back ${after(report.halfBackMs)}, 99 % ${after(report.nearlyAllBackMs)}, all ${after(report.allBackMs)}. ${verdictOf(report)}`,
    parts: [
      linePanel({
        ...shared,
        title: 'Connections, % of what the site holds',
        ...{ plotHeight: 200, y: scaleFromZero(100), lines: fullness, names: 'ends' },
        limit: { y: 100, label: 'full' },
      }),
      linePanel({
        ...shared,
        title: 'Sessions begun, thousands a second',
        ...{ plotHeight: 160, y: scaleFromZero(rateMax * 1.2), names: 'elsewhere' },
        lines: rates.filter(({ label }) => label !== nameOf(LOST_SITE)),
        limit: { y: rateMax, label: 'what a site admits' },
      }),
    ],
  });
}

const verdictOf = ({ excesses }: SiteLossReport): string =>
  excesses.length === 0
    ? 'No other gateway falls or has more than it takes.'
    : 'Others fall, or have more than they take.';

const nameOf = (site: string): string => (site === LOST_SITE ? `${site} (lost)` : `site ${site}`);

function linesOf(rows: readonly Sample[], figureOf: (row: Sample, site: number, index: number) => number): Line[] {
  return SITES.map((name, site) => ({
    label: nameOf(name),
    hue: SITE_HUES[site] ?? 'slate',
    points: rows.map((row, index) => ({ x: row.atMs / SECOND_MS, y: figureOf(row, site, index) })),
  }));
}

/** Sessions a second, over the last few samples. */
function rateOf(rows: readonly Sample[], site: number, index: number): number {
  const from = Math.max(0, index + 1 - SMOOTHED_SAMPLES);
  const window = rows.slice(from, index + 1);
  const spanMs = window.length * ((rows[1]?.atMs ?? 0) - (rows[0]?.atMs ?? 0));
  return (window.reduce((sum, { begun }) => sum + (begun[site] ?? 0), 0) * SECOND_MS) / spanMs;
}
