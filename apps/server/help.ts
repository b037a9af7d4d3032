import { describeOptions, VERSION } from '@hongyan/server';
import { describeKeysOptions } from './keys/options.ts';
import { describeMigrateOptions } from './migrate/options.ts';

export const serverHelp = (): string => `Hongyan 鸿雁 ${VERSION}

Commands:

  serve
      The server; this is what happens without a command
  migrate
      Moves everything from SQLite to PostgreSQL; see migrate --help
  keys
      Makes, lists and revokes the keys that apps call with; see keys --help

Options of the server, each also as a variable of the environment:

${describeOptions()}
  --help
  --version`;

export const keysHelp =
  (): string => `Hongyan 鸿雁 ${VERSION}: keys makes, lists and revokes the keys that the backends of apps call /v1/admin with

  keys create --name shop

${describeKeysOptions()}
  --help

A PostgreSQL store may be in use meanwhile. SQLite is open in one process at a time: while the server runs, give it a first key
as HONGYAN_API_KEY, and make the others with that by POST /v1/admin/keys.`;

export const migrateHelp = (): string => `Hongyan 鸿雁 ${VERSION}: migrate moves everything from SQLite to PostgreSQL

  migrate --from sqlite:./data --to postgres://user:password@host:port/database

Options:

${describeMigrateOptions()}
  --help

The server has to be stopped first. What is moved stays in SQLite as it is. Interrupted, even by kill -9, the same command
goes on where it was. At the end both sides are compared row by row; only when they are the same can the target be served,
and the exit code is 0.`;
