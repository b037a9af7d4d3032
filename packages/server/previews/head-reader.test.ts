import { expect, test } from 'vitest';
import { HeadReader } from './head-reader.ts';

function read(...parts: string[]) {
  const reader = new HeadReader();
  for (const part of parts) reader.write(part);
  return reader;
}

test('[C1] title and meta are read with their entities decoded, the first of each, in capitals or without quotes', () => {
  const { head, isDone } = read(
    `<!doctype html><HTML><HEAD><TITLE>Fish &amp; Chips &#x1F41F; &lt;b&gt;</TITLE>
     <META PROPERTY="og:title" CONTENT='One &quot;two&quot;'><meta name=description content=plain>
     <meta property=og:title content=later><title>later</title></HEAD><body><meta name=author content=x>`,
  );
  expect(head.title).toBe('Fish & Chips 🐟 <b>');
  expect([...head.meta]).toEqual([
    ['og:title', 'One "two"'],
    ['description', 'plain'],
  ]);
  expect(isDone).toBe(true);
});

test('[C1] what only looks like HTML is not read: comments, scripts, styles, attributes', () => {
  const { head } = read(
    `<!-- <title>comment</title> --><script>"<title>script</title>"</script><style><title>style</title></style>
     <link title="<title>attribute</title>"><title>It</title>`,
  );
  expect(head.title).toBe('It');
});

test('[C1] the head ends with its end tag, or where the body begins', () => {
  for (const end of ['</head>', '<body class=x>']) {
    expect(read(`<head><title>a</title>${end}<meta name="b" content="c">`).head.meta.size).toBe(0);
  }
});

test('[C1] it does not matter where the parts are cut', () => {
  const html = '<head><meta charset="gbk"><title>a&amp;b</title><meta name="description" content="c&gt;d"></head>';
  expect(read(...html).head).toEqual(read(html).head);
  expect(read(html).head).toEqual({ title: 'a&b', meta: new Map([['description', 'c>d']]), charset: 'gbk' });
});

test.each([
  ['<meta charset=Big5>', 'Big5'],
  ['<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">', 'Shift_JIS'],
  ['<META HTTP-EQUIV=content-type CONTENT="text/html;CHARSET = \'euc-jp\' ">', 'euc-jp'],
  ['<meta http-equiv="refresh" content="0; charset=gbk">', undefined],
  ['<meta charset="gbk"><meta charset="utf-8">', 'gbk'],
])('[C1] %s declares an encoding', (html, charset) => {
  expect(read(html).head.charset).toBe(charset);
});

// The parser alone takes seconds for half a megabyte of the first one, and nobody else would be answered meanwhile.
test.each(['<b>', '<template>', '<svg><title>', '<meta name="x', '<!--', '<title>', '&amp;', '<', '</i>'])(
  '[C1, P9] half a megabyte of %j is read to its end or given up, and little of it is kept',
  (what) => {
    const reader = read(what.repeat((512 * 1024) / what.length));
    expect(reader.head.title.length).toBeLessThan(16_384);
    expect(reader.head.meta.size).toBeLessThan(2);
    if (what === '<b>' || what === '<template>') expect(reader.isDone).toBe(true);
  },
);

test('[C1, P9] of very many meta elements some are kept', () => {
  const html = Array.from({ length: 10_000 }, (_, index) => `<meta name="n${index}" content="x">`).join('');
  expect(read(html).head.meta.size).toBe(200);
});
