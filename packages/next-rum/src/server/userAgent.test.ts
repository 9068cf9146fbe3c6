import { expect, test } from 'vitest';
import { createUserAgentParser } from './userAgent.js';

const parse = createUserAgentParser();

test.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/151.0.0.0 Safari/537.36',
    { browser: 'Chrome', os: 'Linux', device: 'desktop' },
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    { browser: 'Safari', os: 'iOS', device: 'mobile' },
  ],
  [
    'Mozilla/5.0 (iPad; CPU OS 12_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1 Mobile/15E148 Safari/604.1',
    { browser: 'Safari', os: 'iOS', device: 'tablet' },
  ],
  ['', { browser: null, os: null, device: 'unknown' }],
  ['   ', { browser: null, os: null, device: 'unknown' }],
])('names without versions are kept of %s', (userAgent, expected) => {
  expect(parse(userAgent)).toEqual({ ...expected, bot: false });
  expect(parse(userAgent)).toEqual({ ...expected, bot: false });
});

test('of a user agent without end only the beginning is looked at', () => {
  expect(parse('x'.repeat(100_000))).toMatchObject({ browser: null, os: null, device: 'unknown' });
  expect(parse(`${'x'.repeat(600)} Firefox/150.0`)).toMatchObject({ browser: null });
});

test('a thousand different user agents do not confuse it', () => {
  for (let version = 0; version < 1000; version += 1) {
    expect(
      parse(`Mozilla/5.0 (X11; Linux x86_64; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`),
    ).toEqual({
      browser: 'Firefox',
      os: 'Linux',
      device: 'desktop',
      bot: false,
    });
  }
});

test.each([
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/151.0.0.0 Safari/537.36',
  'curl/8.14.1',
])('%s is no visitor', (userAgent) => {
  expect(parse(userAgent).bot).toBe(true);
});

test('a name that nobody knows is none', () => {
  expect(parse('Fantasy-1234/1.0 (made up)')).toMatchObject({ browser: null, os: null });
});

const REDUCED =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/155.0.0.0 Safari/537.36';
const CHROME = '"Google Chrome";v="155", "Chromium";v="155", "Not_A Brand";v="24"';

test.each([
  [
    { brands: CHROME, mobile: '?0', platform: '"Windows"' },
    { browser: 'Chrome', os: 'Windows', device: 'desktop' },
  ],
  [
    {
      brands: '"Not;A=Brand";v="8", "Chromium";v="155", "Microsoft Edge";v="155"',
      mobile: '?1',
      platform: '"Android"',
    },
    { browser: 'Microsoft Edge', os: 'Android', device: 'mobile' },
  ],
  [
    { brands: CHROME, mobile: '?0', platform: '"Android"' },
    { browser: 'Chrome', os: 'Android', device: 'tablet' },
  ],
  [
    { brands: '"Made up";v="1"', mobile: '', platform: '"Made up"' },
    { browser: 'Chrome', os: 'Android', device: 'tablet' },
  ],
  [
    { brands: '"'.repeat(100_000), mobile: '', platform: '' },
    { browser: 'Chrome', os: 'Android', device: 'tablet' },
  ],
])('client hints %o go before the user agent', (hints, expected) => {
  expect(parse(REDUCED, hints)).toEqual({ ...expected, bot: false });
});
