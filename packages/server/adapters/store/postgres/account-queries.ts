import type { DeviceId, UserId } from '@hongyan/protocol';
import { accountQueries } from '../accounts/all-queries.ts';
import type { Need } from '../accounts/operations.ts';
import type { Ask } from '../accounts/query.ts';
import { userEventOf } from './log/account-log-reads.ts';
import { growUserLogs, UserEventBatch } from './log/user-logs.ts';
import { integers, texts } from './wire/arrays.ts';
import { integer, text } from './wire/columns.ts';
import { type Call, call, type Parameter, type Row, type Statement } from './wire/statement.ts';

interface Positional {
  statement: Statement;
  /** The names of the parameters in the order of their numbers. */
  names: readonly string[];
}

/** The shared queries as PostgreSQL numbers their parameters. */
const positional = new Map<string, Positional>(
  accountQueries.map(({ name, sql }) => {
    const names: string[] = [];
    const numbered = sql.replace(/:([A-Za-z]+)/g, (_, parameter: string) => {
      if (!names.includes(parameter)) names.push(parameter);
      return `$${names.indexOf(parameter) + 1}`;
    });
    return [name, { statement: { name, text: numbered }, names }];
  }),
);

const eventAt: Statement = {
  name: 'user_event_at',
  text: 'SELECT seq, event, NULL FROM user_events WHERE user_id = $1 AND seq = $2::bigint',
};

/** Locked in their order first, as whoever merges positions does. */
const deletePositions: Statement = {
  name: 'delete_positions',
  text: `DELETE FROM device_positions p USING (
      SELECT conversation_id, device_id FROM device_positions WHERE device_id = $1 ORDER BY conversation_id FOR UPDATE
    ) AS d WHERE p.conversation_id = d.conversation_id AND p.device_id = d.device_id`,
};

export const accountStatements: readonly Statement[] = [
  ...[...positional.values()].map(({ statement }) => statement),
  eventAt,
  deletePositions,
];

/** Gives an operation what it needs, over `run`. */
export async function give(need: Need, run: (calls: readonly Call[]) => Promise<Row[][]>): Promise<object[]> {
  switch (need.kind) {
    case 'ask': {
      const [rows = []] = await run([callOf(need)]);
      return rows.map((row) => objectOf(need, row));
    }
    case 'add-event': {
      const events = new UserEventBatch();
      const added = events.add(need.userId, need.timeMs, need.event);
      const [grown = []] = await run(events.calls());
      events.place(grown);
      return [added];
    }
    case 'read-event':
      return readEvent(need.userId, need.seq, run);
    case 'delete-positions':
      return removePositions(need.deviceId, run);
    case 'lock-user-log':
      await run([call(growUserLogs, texts([need.userId]), integers([0]))]);
      return [];
  }
}

function callOf({ query, parameters }: Ask): Call {
  const known = positional.get(query.name);
  if (known === undefined) throw new TypeError(`${query.name} is no shared query`);
  return call(known.statement, ...known.names.map((name) => parameterOf(parameters[name])));
}

const parameterOf = (value: string | number | null | undefined): Parameter =>
  value === null || value === undefined ? null : String(value);

function objectOf({ query }: Ask, row: Row): object {
  const columns = Object.entries(query.columns as Record<string, 'text' | 'number'>);
  return Object.fromEntries(
    columns.map(([name, kind], at) => [name, kind === 'number' ? integer(row, at) : text(row, at)]),
  );
}

async function readEvent(userId: UserId, seq: number, run: (calls: readonly Call[]) => Promise<Row[][]>) {
  const [rows = []] = await run([call(eventAt, userId, String(seq))]);
  return rows.map(userEventOf);
}

async function removePositions(deviceId: DeviceId, run: (calls: readonly Call[]) => Promise<Row[][]>) {
  await run([call(deletePositions, deviceId)]);
  return [];
}
