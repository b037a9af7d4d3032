import { expect, test } from 'vitest';
import { createLogger } from '../log.ts';
import { LinkPreviews } from '../previews/index.ts';
import { ada, bearer, createTestApi } from '../testing/api.ts';
import { createFixedClock } from '../testing/fixed-clock.ts';
import { PUBLIC, WebWorld } from '../testing/web-world.ts';

async function signedIn(world: WebWorld, config = {}) {
  const logger = createLogger({ level: 'silent' });
  const linkPreviews = new LinkPreviews({ network: world, clock: createFixedClock(), logger });
  const { api } = await createTestApi({ linkPreviews, config });
  const { accessToken } = (await api.inject({ method: 'POST', url: '/v1/accounts', payload: ada })).json();
  const ask = async (url: unknown, headers: Record<string, string> = bearer(accessToken)) => {
    const answer = await api.inject({ method: 'POST', url: '/v1/link-previews', headers, payload: { url } });
    return { status: answer.statusCode, body: answer.json() };
  };
  return { api, ask };
}

test('[C1] somebody signed in gets what a page says of itself', async () => {
  await using world = await WebWorld.open();
  world.redirect('s.example.com/x', 'http://news.example.com/article');
  world.html(
    'news.example.com/article',
    `<head><title>x</title><meta property="og:title" content="大雁 &amp; 鸿雁"><meta name="description" content=" Two
     geese "><meta property="og:site_name" content="News"><meta property="og:image" content="/goose.png"></head>`,
  );
  expect(await ask200(world, 'http://s.example.com/x')).toEqual({
    url: 'http://news.example.com/article',
    title: '大雁 & 鸿雁',
    description: 'Two geese',
    siteName: 'News',
    imageUrl: 'http://news.example.com/goose.png',
  });
  expect(world.requests.map(({ url }) => url)).toEqual(['/x', '/article']);
});

async function ask200(world: WebWorld, url: string) {
  const { status, body } = await (await signedIn(world)).ask(url);
  expect(status).toBe(200);
  return body;
}

test('[C1, P9] no address of the inside is asked, and the answer does not say why', async () => {
  await using world = await WebWorld.open();
  world.own = ['93.184.215.99'];
  world.names.set('inside.example.com', [['192.168.1.1']]);
  world.names.set('metadata.example.com', [['169.254.169.254']]);
  world.names.set('nowhere.example.com', [[]]);
  world.redirect('hop.example.com/', 'http://[::ffff:169.254.169.254]/latest/meta-data/');
  const { ask } = await signedIn(world, { linkPreviewsPerMinute: 0 });
  const inside = [
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::a00:1]/',
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.100.100.200/',
    'http://0.0.0.0/',
    'http://255.255.255.255/',
    'http://localhost/',
    'http://localhost./',
    'http://printer.local/',
    'http://intranet/',
    'http://a:b@example.com/',
    'http://example.com:6379/',
    'https://example.com:22/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_FLUSHALL',
    'http://93.184.215.99/',
    'http://inside.example.com/',
    'http://metadata.example.com/',
    'http://nowhere.example.com/',
    'nonsense',
    'javascript:alert(1)',
    'http://example.com\r\nX: y/',
  ];
  const answers = await Promise.all(inside.map((url) => ask(url)));
  for (const [index, { status, body }] of answers.entries()) {
    expect([inside[index], status, body]).toEqual([
      inside[index],
      422,
      {
        type: 'urn:hongyan:problem:link-preview-unavailable',
        title: 'There is no preview of this link.',
        status: 422,
        code: 'link-preview-unavailable',
      },
    ]);
  }
  expect(world.connected).toEqual([]);
  expect((await ask('http://hop.example.com/')).body.code).toBe('link-preview-unavailable');
  expect(world.connected).toEqual([`${PUBLIC}:80`]);
});

test('[C1, K1] only who is signed in may ask, and not without end', async () => {
  await using world = await WebWorld.open();
  const { ask } = await signedIn(world, { linkPreviewsPerMinute: 2 });
  expect((await ask('http://example.com/', {})).body.code).toBe('unauthenticated');
  for (const url of [undefined, '', 7, `http://example.com/${'x'.repeat(2_048)}`]) {
    expect((await ask(url)).body.code).toBe('invalid-input');
  }
  const statuses = [];
  for (let index = 0; index < 3; index++) statuses.push((await ask('http://example.com/')).status);
  expect(statuses).toEqual([422, 422, 429]);
});

test('[C1] where previews are switched off, that is the answer', async () => {
  const { api } = await createTestApi();
  const { accessToken } = (await api.inject({ method: 'POST', url: '/v1/accounts', payload: ada })).json();
  const payload = { url: 'http://example.com/' };
  const answer = await api.inject({ method: 'POST', url: '/v1/link-previews', headers: bearer(accessToken), payload });
  expect([answer.statusCode, answer.json().code]).toEqual([404, 'link-previews-off']);
});
