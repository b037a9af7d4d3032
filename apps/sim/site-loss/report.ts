import { LOST_SITE, type SiteLossReport, type SiteReport } from '@hongyan/testkit';

const EXCESSES_SHOWN = 10;

const whole = (number: number): string => Math.round(number).toLocaleString('en-US');
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
/** When it came to that, from the loss on. */
export const after = (ms: number | undefined): string => (ms === undefined ? 'never' : `after ${seconds(ms)}`);

const HEADINGS = ['site', 'before', 'at peak', 'after', 'peak of max', 'sessions/s', 'longest wait', 'gateways fallen'];

function row({ site, before, peak, after, ...rest }: SiteReport): string[] {
  return [
    site === LOST_SITE ? `${site} (lost)` : site,
    whole(before),
    whole(peak),
    whole(after),
    percent(peak / rest.connectionsMax),
    whole(rest.begunPerSecondMax),
    `${whole(rest.waitMaxMs)} ms`,
    site === LOST_SITE ? 'all' : whole(rest.gatewaysFallen),
  ];
}

/** A table in columns as wide as they have to be. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows.map((cells) => cells.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('   '));
}

/** What became of everybody, and at the end whether nobody else was harmed. */
export function reportInWords(report: SiteLossReport, wallMs: number, print: (line: string) => void): void {
  const { excesses, options, world } = report;
  print(
    `${whole(options.clients)} clients, policy ${options.policy}, backoff ${options.backoff}, seed ${options.seed}: ` +
      `a gateway holds ${whole(world.connectionsMax)} and begins ${whole(world.handshakesPerSecond)} sessions/s`,
  );
  print('');
  for (const line of table([HEADINGS, ...report.sites.map(row)])) print(line);
  print('');
  print(`lost their connection: ${whole(report.lost)}; still away at the end: ${whole(report.stillAway)}`);
  print(
    `back: half of them ${after(report.halfBackMs)}, 99 % ${after(report.nearlyAllBackMs)}, all ${after(report.allBackMs)}`,
  );
  print(
    `per client p50 / p99: told to wait by an allocator ${report.queuedP50} / ${report.queuedP99}, ` +
      `turned away by a gateway ${report.refusedP50} / ${report.refusedP99}`,
  );
  print(
    `most for one gateway: ${percent(report.connectionsMaxOfRoom)} of the connections it holds, ` +
      `and in a second ${percent(report.sentMaxOfRate)} of the people it takes`,
  );
  print(`longest that a question to an allocator waited: ${whole(report.askWaitMaxMs)} ms`);
  for (const { atMs, message } of excesses.slice(0, EXCESSES_SHOWN)) print(`too much at ${seconds(atMs)}: ${message}`);
  if (excesses.length > EXCESSES_SHOWN) print(`and ${excesses.length - EXCESSES_SHOWN} times more`);
  const verdict = excesses.length === 0 ? 'nobody else was harmed' : 'FAILED: the loss went on to others';
  print(`${verdict}; ${seconds(wallMs)} of real time, trace ${report.traceHash}`);
}
