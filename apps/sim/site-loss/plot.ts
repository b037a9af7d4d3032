import { LOST_SITE, type Sample, SITES, type SiteLossReport } from '@hongyan/testkit';
import { type Line, panel, WIDTH } from './panel.ts';
import { after } from './report.ts';

const HEIGHT = 560;
const SECOND_MS = 1_000;
/** Rates are shown as the mean of so many samples. */
const SMOOTHED_SAMPLES = 4;

/** The card has a ground of its own, so that it can be read on any page; its colours follow the reader's setting. */
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1f2937 }
  .ground { fill: #ffffff; stroke: #e5e7eb }
  .head { font-size: 17px; font-weight: 600 }
  .title { font-weight: 600 }
  .tick, .note, .sub { fill: #6b7280; font-size: 12px }
  .grid { stroke: #eceff3 } .axis { stroke: #9ca3af }
  .loss { stroke: #dc2626; stroke-dasharray: 2 4 } .limit { stroke: #6b7280; stroke-dasharray: 6 4 }
  .line { fill: none; stroke-width: 2; stroke-linejoin: round }
  .name { font-weight: 600 }
  path.a { stroke: #dc2626 } path.b { stroke: #2563eb } path.c { stroke: #d97706 } path.d { stroke: #059669 } path.e { stroke: #9333ea }
  text.a { fill: #dc2626 } text.b { fill: #2563eb } text.c { fill: #d97706 } text.d { fill: #059669 } text.e { fill: #9333ea }
  @media (prefers-color-scheme: dark) {
    text { fill: #e5e7eb } .ground { fill: #111827; stroke: #374151 } .tick, .note, .sub { fill: #9ca3af }
    .grid { stroke: #1f2937 } .axis { stroke: #6b7280 } .limit { stroke: #9ca3af }
    path.a { stroke: #f87171 } path.b { stroke: #60a5fa } path.c { stroke: #fbbf24 } path.d { stroke: #34d399 } path.e { stroke: #c084fc }
    text.a { fill: #f87171 } text.b { fill: #60a5fa } text.c { fill: #fbbf24 } text.d { fill: #34d399 } text.e { fill: #c084fc }
  }`;

/** A picture of a run: how full each site is, and how fast it begins sessions, over time. */
export function plot(report: SiteLossReport): string {
  const { options, samples, world } = report;
  const rows = samples.filter(({ atMs }) => atMs >= -SECOND_MS * 4);
  const x = { xMin: -4, xMax: (rows.at(-1)?.atMs ?? 0) / SECOND_MS, xStep: 5 };
  const room = report.sites[0]?.connectionsMax ?? 1;
  const gateways = room / world.connectionsMax;
  const rateMax = (world.handshakesPerSecond * gateways) / SECOND_MS;
  const fullness = linesOf(rows, ({ connections }, site) => (100 * (connections[site] ?? 0)) / room);
  const rates = linesOf(rows, (_, site, index) => rateOf(rows, site, index) / SECOND_MS);
  const people = options.clients.toLocaleString('en-US');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img">
<title>Load of five sites while one of them is lost</title>
<style>${STYLE}
</style>
<rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="8"/>
<text class="head" x="20" y="32">One of five sites is lost with ${report.lost.toLocaleString('en-US')} of ${people} people</text>
<text class="sub" x="20" y="52">Half of them are back ${after(report.halfBackMs)}, 99 % ${after(report.nearlyAllBackMs)}, all ${after(report.allBackMs)}. ${verdictOf(report)}</text>
${panel({
  title: 'Connections, in % of what the site holds',
  ...{ top: 96, height: 200, ...x, yMax: 100, yStep: 25, formatY: (y) => `${y} %` },
  limit: { y: 100, label: 'full' },
  lines: fullness,
  isLabelled: true,
})}
${panel({
  title: 'Sessions begun, thousands a second',
  ...{ top: 358, height: 160, ...x, yMax: rateMax * 1.25, yStep: rateMax / 4, formatY: (y) => y.toFixed(1) },
  limit: { y: rateMax, label: 'what a site admits' },
  lines: rates.filter(({ name }) => name !== LOST_SITE),
  isLabelled: false,
})}
</svg>
`;
}

const verdictOf = ({ excesses }: SiteLossReport): string =>
  excesses.length === 0
    ? 'No other gateway falls or has more than it takes.'
    : 'Others fall, or have more than they take.';

function linesOf(rows: readonly Sample[], figureOf: (row: Sample, site: number, index: number) => number): Line[] {
  return SITES.map((name, site) => ({
    name,
    label: name === LOST_SITE ? `${name} (lost)` : `site ${name}`,
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
