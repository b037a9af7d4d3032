import type { Plan } from './plan.ts';

const whole = (value: number): string => Math.ceil(value).toLocaleString('en-US');
/** Two digits that count. */
const rough = (value: number): string =>
  Number(value.toPrecision(2)).toLocaleString('en-US', { maximumFractionDigits: 4 });
const bytes = (value: number): string => {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const exponent = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
  return `${rough(value / 10 ** (3 * exponent))} ${units[exponent]}`;
};

const ROWS: readonly (readonly [string, (plan: Plan) => string])[] = [
  ['messages a second', ({ rates }) => whole(rates.direct + rates.groupMessages)],
  ['deliveries in groups a second', ({ rates }) => whole(rates.deliveries)],
  ['sign-ins a second, beside resumed sessions', ({ rates }) => `${whole(rates.signIns)} + ${whole(rates.resumes)}`],
  ['gateways', ({ gateways }) => whole(gateways)],
  ['… CPU and memory of connections, each', (plan) => `${rough(plan.gatewayCores)} cores, ${bytes(plan.gatewayBytes)}`],
  ['nodes with logic', ({ logic }) => whole(logic)],
  ['API nodes', ({ api }) => whole(api)],
  ['PostgreSQL primaries, cores of all', (plan) => `${whole(plan.postgresServers)}, ${rough(plan.postgresCores)}`],
  ['disk a day', ({ diskBytesPerDay }) => bytes(diskBytesPerDay)],
  ['NATS clusters, cores of all', (plan) => `${whole(plan.natsClusters)}, ${rough(plan.natsCores)}`],
  ['… memory of subscriptions, each server', ({ natsBytes }) => bytes(natsBytes)],
];

/** A column for each plan, as Markdown. */
export function tableOf(plans: readonly Plan[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['online', ...plans.map(({ demand }) => whole(demand.online))]),
    line(['---', ...plans.map(() => '---')]),
    ...ROWS.map(([name, cell]) => line([name, ...plans.map(cell)])),
  ].join('\n');
}
