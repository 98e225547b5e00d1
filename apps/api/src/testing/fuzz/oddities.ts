/**
 * Addresses, headers and bodies as nobody in their right mind sends them.
 *
 * @internal
 * @module
 */

/** Addresses as nobody writes them: what is no UTF-8, no escape, or another address. */
export const oddParts = [
  '%',
  '%ff',
  '%00',
  '%ed%a0%80',
  '%2e%2e%2f',
  '..',
  '\u00ff',
  '%252e',
  'a%2fb',
  '',
]

/** Headers that programs set, with what they should not be set to. */
export const oddHeaders: Readonly<Record<string, readonly string[]>> = {
  'if-match': ['"0"', '"1"', '"999999999999999"', '*', 'W/"1"', '"1", "2"', '""', '"-1"', '1'],
  'idempotency-key': ['', 'a b', 'x'.repeat(201), '\u00e9', "'; DROP TABLE x", '__proto__'],
  'forsat-company': ['', 'mine', '01KDQ1A0M0C0MPANY000000006', '__proto__', '*'],
  'forsat-on-behalf-of': ['', 'me', '01KDQ1A0M0ASEER00000000002', '\u00ff'],
  'accept-language': [
    'fa',
    'en;q=0.1, fa',
    '*',
    ';;;',
    'x'.repeat(500),
    'fa-IR-u-nu-latn',
    '\u00ff',
  ],
  'content-type': [
    'text/plain',
    'application/json; charset=utf-16',
    'application/json;charset="utf-8',
    'application/JSON',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'a/b/c',
    ';',
    '',
  ],
  'content-encoding': ['gzip', 'br', 'identity', 'nothing'],
  accept: ['text/html', '*/*;q=0', 'application/xml', ';'],
  authorization: [
    'Bearer x',
    'Basic eDp4',
    'Bearer',
    'bearer  ',
    `Bearer ${'x'.repeat(300)}`,
    '\u00ff',
  ],
  traceparent: ['00-x', `00-${'0'.repeat(32)}-${'0'.repeat(16)}-01`, '\u00ff'],
  'last-event-id': ['-1', 'x', '1e3', '9'.repeat(30), ''],
  origin: ['null', 'https://elsewhere.example'],
  'if-none-match': ['*', '"0"'],
  range: ['bytes=0-0'],
  expect: ['100-continue'],
  'x-forwarded-for': ['127.0.0.1', "'; DROP TABLE x"],
}

/** Bodies that are none. */
export const oddBodies: readonly Uint8Array[] = [
  ...[
    '',
    ' ',
    'null',
    '[]',
    '"x"',
    '35',
    '{',
    '{}x',
    '{"a":1,"a":2}',
    '{"__proto__":{"isAdmin":true}}',
    '{"constructor":{"prototype":{"isAdmin":true}}}',
    '{"toString":1,"hasOwnProperty":1,"valueOf":1}',
    "{'a':1}",
    '{"a":1,}',
    '{"a":NaN}',
    '{"a":"\\ud800"}',
    '\ufeff{}',
    '['.repeat(100_000),
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`,
    `{"a":${'['.repeat(64)}${']'.repeat(64)}}`,
    `{"${'k'.repeat(100_000)}":1}`,
    `{"a":"${'x'.repeat(300_000)}"}`,
    `{${Array.from({ length: 20_000 }, (_, index) => `"k${index}":1`).join(',')}}`,
  ].map((text) => Buffer.from(text)),
  Uint8Array.of(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d),
  Uint8Array.of(0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00),
  Uint8Array.of(0x1f, 0x8b, 0x08, 0x00),
  Uint8Array.of(0x00),
]
