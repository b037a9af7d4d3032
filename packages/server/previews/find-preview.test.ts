import { expect, test } from 'vitest';
import { PUBLIC, WebWorld } from '../testing/web-world.ts';
import { findPreview } from './find-preview.ts';

const html = (title: string) => `<html><head><title>${title}</title></head><body></body></html>`;

function visit(world: WebWorld, address: string, signal = new AbortController().signal, ownHosts: string[] = []) {
  return findPreview(address, { network: world, ownHosts, signal });
}

test('[C1] a page is found, and nothing in the request says who asks', async () => {
  await using world = await WebWorld.open();
  world.html('site.example.com/page?x=1', html('Hello'));
  expect(await visit(world, 'http://site.example.com/page?x=1#part')).toEqual({
    kind: 'preview',
    preview: {
      url: 'http://site.example.com/page?x=1',
      title: 'Hello',
      description: '',
      siteName: 'site.example.com',
      imageUrl: undefined,
    },
  });
  expect(world.connected).toEqual([`${PUBLIC}:80`]);
  expect(Object.keys(world.requests[0]?.headers ?? {}).sort()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ]);
  expect(world.requests[0]?.method).toBe('GET');
});

test('[C1] the encoding that the header or the page names is used', async () => {
  await using world = await WebWorld.open();
  const gbk = Buffer.concat([Buffer.from('<title>'), Buffer.from('d6d0cec4', 'hex'), Buffer.from('</title>')]);
  world.html('a.example.com/', gbk, 'text/html; charset=gbk');
  world.html('b.example.com/', Buffer.concat([Buffer.from('<meta charset=gb18030>'), gbk]), 'text/html');
  for (const host of ['a', 'b']) {
    expect(await visit(world, `http://${host}.example.com/`)).toMatchObject({ preview: { title: '中文' } });
  }
});

test('[C1] three redirects are followed, without cookies, and a fourth is not', async () => {
  await using world = await WebWorld.open();
  world.pages.set('r.example.com/4', (_request, response) =>
    response.writeHead(301, { location: '/3', 'set-cookie': 'a=b' }).end(),
  );
  world.redirect('r.example.com/3', 'http://other.example.com/2', 308);
  world.redirect('other.example.com/2', '1', 303);
  world.redirect('other.example.com/1', '//r.example.com/0', 307);
  world.html('r.example.com/0', html('End'));
  expect(await visit(world, 'http://r.example.com/3')).toMatchObject({ preview: { url: 'http://r.example.com/0' } });
  expect(await visit(world, 'http://r.example.com/4')).toEqual({ kind: 'none', reason: 'too-many-redirects' });
  expect(world.requests.filter(({ headers }) => headers.cookie !== undefined || headers.referer !== undefined)).toEqual(
    [],
  );
});

test('[C1] a redirect to an address that is written in UTF-8 is followed', async () => {
  await using world = await WebWorld.open();
  world.redirect('site.example.com/', Buffer.from('/大雁').toString('latin1'));
  world.html('site.example.com/%E5%A4%A7%E9%9B%81', html('Geese'));
  expect(await visit(world, 'http://site.example.com/')).toMatchObject({ preview: { title: 'Geese' } });
});

test.each([
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://[::ffff:10.0.0.1]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://localhost/',
  'ftp://site.example.com/',
  'http://site.example.com:22/',
  'http://a:b@site.example.com/',
  'file:///etc/passwd',
  'http://inside.example.com/',
  'http://',
])('[C1, P9] a redirect to %s is not followed', async (location) => {
  await using world = await WebWorld.open();
  world.names.set('inside.example.com', [['10.1.2.3']]);
  world.redirect('site.example.com/', location);
  expect(await visit(world, 'http://site.example.com/')).toEqual({ kind: 'none', reason: 'not-allowed' });
  expect(world.connected).toEqual([`${PUBLIC}:80`]);
});

test.each([
  [['127.0.0.1']],
  [['10.0.0.1', 'fd00::1']],
  [['::ffff:127.0.0.1']],
  [['64:ff9b::7f00:1']],
  [['2002:7f00:1::']],
  [['100.64.0.1']],
  [['169.254.169.254']],
  [[]],
])('[C1, P9] no connection is made to a name whose addresses are %j', async (addresses) => {
  await using world = await WebWorld.open();
  world.names.set('evil.example.com', [addresses]);
  expect(await visit(world, 'http://evil.example.com/')).toEqual({ kind: 'none', reason: 'not-allowed' });
  expect(world.connected).toEqual([]);
});

test('[C1, P9] of a name with public and other addresses, only the public ones are connected to', async () => {
  await using world = await WebWorld.open();
  world.names.set('mixed.example.com', [['10.0.0.1', '1.1.1.1', '::1', '2606:4700::1111']]);
  world.html('mixed.example.com/', html('Public'));
  expect((await visit(world, 'http://mixed.example.com/')).kind).toBe('preview');
  expect(world.connected).toEqual(['1.1.1.1:80', '2606:4700::1111:80']);
});

test('[C1, P9] a name that has a private address the second time it is asked for (DNS rebinding) gains nothing', async () => {
  await using world = await WebWorld.open();
  world.names.set('rebind.example.com', [['1.1.1.1'], ['127.0.0.1']]);
  world.html('rebind.example.com/', html('Once'));
  expect((await visit(world, 'http://rebind.example.com/')).kind).toBe('preview');
  expect([world.resolved, world.connected]).toEqual([['rebind.example.com'], ['1.1.1.1:80']]);
  // The same by a redirect to itself: the second look-up is judged anew.
  world.names.set('rebind.example.com', [['1.1.1.1'], ['127.0.0.1']]);
  world.redirect('rebind.example.com/again', '/');
  expect(await visit(world, 'http://rebind.example.com/again')).toEqual({ kind: 'none', reason: 'not-allowed' });
  expect(world.connected).toEqual(['1.1.1.1:80', '1.1.1.1:80']);
});

test('[C1, P9] the server asks nothing of itself: by its name, the address of its name, or that of an interface', async () => {
  await using world = await WebWorld.open();
  world.names.set('chat.example.org', [['9.9.9.9']]);
  world.names.set('alias.example.com', [['9.9.9.9']]);
  world.own = ['127.0.0.1', '8.8.8.8', '2606:4700::1111'];
  const addresses = ['chat.example.org', 'alias.example.com', '9.9.9.9', '8.8.8.8', '[2606:4700:0::1111]'];
  for (const host of addresses) {
    const found = await visit(world, `http://${host}/`, undefined, ['chat.example.org']);
    expect(found).toEqual({ kind: 'none', reason: 'not-allowed' });
  }
  expect(world.connected).toEqual([]);
});

test.each([
  ['another type', 200, { 'content-type': 'application/pdf' }],
  ['text that is no HTML', 200, { 'content-type': 'text/plain' }],
  ['no type', 200, {}],
  ['a malformed type', 200, { 'content-type': 'text/html/x;=' }],
  ['a compressed page', 200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }],
  ['an error', 404, { 'content-type': 'text/html' }],
  ['nothing', 204, {}],
  ['a redirect to nowhere', 302, {}],
])('[C1] %s has no preview', async (_what, status, headers) => {
  await using world = await WebWorld.open();
  world.pages.set('x.example.com/', (_request, response) => response.writeHead(status, headers).end(html('x')));
  expect(await visit(world, 'http://x.example.com/')).toEqual({ kind: 'none', reason: 'no-page' });
});

test('[C1] a page without a title has no preview', async () => {
  await using world = await WebWorld.open();
  world.html('x.example.com/', '<p>hello');
  expect(await visit(world, 'http://x.example.com/')).toEqual({ kind: 'none', reason: 'no-title' });
});

test('[C1, P9] a page without an end is read until its head ends, or half a megabyte', async () => {
  await using world = await WebWorld.open();
  const endless = (start: string) => {
    const closed = Promise.withResolvers<void>();
    world.pages.set('endless.example.com/', (_request, response) => {
      response.setHeader('content-type', 'text/html').write(start);
      const more = () => response.write('<!-- more -->'.repeat(1_000), (error) => error || setImmediate(more));
      more();
      response.on('close', closed.resolve);
    });
    return closed.promise;
  };
  for (const start of [`${html('Here')}`, '<title>Here</title>']) {
    const closed = endless(start);
    expect(await visit(world, 'http://endless.example.com/')).toMatchObject({ preview: { title: 'Here' } });
    await closed;
  }
});

test('[C1, P9] a server that is silent, after any of its words, is given up at the deadline', async () => {
  await using world = await WebWorld.open();
  for (const words of [
    '',
    'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n',
    'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<title>a',
  ]) {
    const deadline = new AbortController();
    const closed = Promise.withResolvers<void>();
    world.pages.set('slow.example.com/', (_request, { socket }) => {
      socket?.on('close', () => closed.resolve());
      if (words === '') deadline.abort();
      else socket?.write(words, () => setImmediate(() => deadline.abort()));
    });
    const found = await visit(world, 'http://slow.example.com/', deadline.signal);
    expect(found).toEqual({ kind: 'none', reason: 'deadline' });
    await closed.promise;
  }
});

test.each([
  ['nonsense', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ['headers without end', `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(20_000)}`],
  ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
  ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'],
  ['nothing, and hangs up', ''],
])('[C1, P9] a server that answers %s harms nobody', async (_what, words) => {
  await using world = await WebWorld.open();
  world.pages.set('bad.example.com/', (_request, { socket }) => void socket?.end(words));
  const found = await visit(world, 'http://bad.example.com/');
  expect(found.kind === 'none' && found.reason).toMatch(/unreachable|no-page/);
});
