import { Client } from 'pg';
import { expect, test } from 'vitest';
import { parseStoreUrl } from './server-url.ts';

/** What pg makes of the servers' URLs. */
const servers = (url: string) =>
  parseStoreUrl(url).servers.map(({ name, url }) => {
    const { host, port, user, password, database } = new Client({ connectionString: url });
    return { name, host, port, user, password, database };
  });
const places = (url: string) => servers(url).map(({ name, host, port }) => [name, host, port]);

test('[L2] a URL names one server or several, with or without ports', () => {
  expect(servers('postgres://ann:s%40c:ret@db1/chat')).toEqual([
    { name: 'db1', host: 'db1', port: 5432, user: 'ann', password: 's@c:ret', database: 'chat' },
  ]);
  expect(servers('postgresql://ann:x@db1:5433,db2.example.org:5434/chat?sslmode=disable')).toEqual([
    { name: 'db1:5433', host: 'db1', port: 5433, user: 'ann', password: 'x', database: 'chat' },
    { name: 'db2.example.org:5434', host: 'db2.example.org', port: 5434, user: 'ann', password: 'x', database: 'chat' },
  ]);
  expect(places('postgres://ann@[::1]:5433,10.0.0.7/chat?target_session_attrs=read-write')).toEqual([
    ['[::1]:5433', '::1', 5433],
    ['10.0.0.7', '10.0.0.7', 5432],
  ]);
});

test('[L2] hosts and ports may be parameters, and directories of Unix sockets', () => {
  expect(places('postgres://ann@/chat?host=/run/a,%2Frun%2Fb&port=5433')).toEqual([
    ['/run/a:5433', '/run/a', 5433],
    ['/run/b:5433', '/run/b', 5433],
  ]);
  expect(places('postgres://ann@%2Frun%2Fa,db2/chat?port=1,2')).toEqual([
    ['/run/a:1', '/run/a', 1],
    ['db2:2', 'db2', 2],
  ]);
  expect(places('postgres://ann@elsewhere:9/chat?host=db1')).toEqual([['db1', 'db1', 5432]]);
  expect(places('postgres:///chat')).toEqual([['localhost', 'localhost', 5432]]);
});

test.each([
  ['mysql://db1/chat'],
  ['postgres://ann:secret@db1:a/chat'],
  ['postgres://ann:secret@db1:70000,db2/chat'],
  ['postgres://ann:secret@db1,db2,db3/chat?port=1,2'],
  ['postgres://ann:secret@db1,db2/chat?target_session_attrs=any'],
  ['postgres://ann:secret@db1/chat?options=-cfsync=off'],
  ['postgres://ann:secret@db%1/chat'],
])('[P9] %s is refused, and its password not repeated', (url) => {
  expect(() => parseStoreUrl(url)).toThrow(
    expect.objectContaining({
      name: 'StoreOpenError',
      reason: 'failed',
      message: expect.not.stringContaining('secret'),
    }),
  );
});
