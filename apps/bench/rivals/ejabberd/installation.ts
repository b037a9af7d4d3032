import { readdir, readFile } from 'node:fs/promises';

const CONTROL = '/usr/sbin/ejabberdctl';
/** Where Debian's Erlang has its own libraries, and ejabberd's PostgreSQL driver. */
const ERLANG = '/usr/lib/erlang/lib';
const SCHEMA = '/usr/share/ejabberd/sql/pg.sql';

export class NotInstalled extends Error {
  constructor() {
    super(
      'ejabberd with its PostgreSQL driver is not installed; ' +
        'Debian: apt-get install --no-install-recommends ejabberd erlang-p1-pgsql (it need not be running)',
    );
  }
}

/** ejabberd as Debian installs it. */
export interface Installation {
  version: string;
  /** Where Erlang finds ejabberd and what it uses. */
  libraries: string;
  /** SQL that makes its tables, which fits `new_sql_schema: false`. */
  schema: string;
}

/** Throws `NotInstalled` when something is missing. */
export async function findInstallation(): Promise<Installation> {
  try {
    const [, libraries = ''] = /^ERL_LIBS='(.+)'$/m.exec(await readFile(CONTROL, 'utf8')) ?? [];
    const name = (await readdir(libraries)).sort().find((entry) => /^ejabberd-\d/.test(entry));
    const driver = (await readdir(ERLANG)).find((entry) => entry.startsWith('p1_pgsql-'));
    if (name === undefined || driver === undefined) throw new NotInstalled();
    const version = name.slice('ejabberd-'.length);
    return { version, libraries, schema: await readFile(SCHEMA, 'utf8') };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new NotInstalled();
    throw error;
  }
}
