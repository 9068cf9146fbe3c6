import { expect, test } from 'vitest';
import { scrubPointer, scrubUrls, toUrl } from './scrubUrl.js';

test.each([
  ['/api/user/:id?token=1#top', '/api/user/:id'],
  ['https://api.example/v1/user/:id?token=1', 'https://api.example/v1/user/:id'],
  ['https://jane:secret@api.example:8443/a', 'https://api.example:8443/a'],
  ['https://jane:p@ss@api.example/a@b', 'https://api.example/a@b'],
  ['//jane@cdn.example/a.js', '//cdn.example/a.js'],
  ['wss://jane@live.example/feed?t=1', 'wss://live.example/feed'],
  ['https://api.example?token=1', 'https://api.example'],
  ['blob:https://shop.example/6f1c1e0a#x', 'blob:https://shop.example/6f1c1e0a'],
  ['data:text/html,<p>Jane', 'data:'],
  ['JavaScript:alert("Jane")', 'javascript:'],
  ['/_next/static/chunks/@scope/pkg@1.2.3.js', '/_next/static/chunks/@scope/pkg@1.2.3.js'],
  ['?token=1', '/'],
])('of the URL %s stays %s', (url, expected) => {
  expect(toUrl(url)).toBe(expected);
});

test.each([
  ['unknown', 'unknown'],
  ['#main>img', '#main>img'],
  ['a[href="/reset?token=1"]>b', 'a[href="/reset"]>b'],
  ['BUTTON#buy.onclick', 'BUTTON#buy.onclick'],
  ['IMG[src=https://jane@cdn.example/a.jpg?sig=1].onload', 'IMG[src=https://cdn.example/a.jpg].onload'],
  ['IMG[src=/a.jpg?sig=1].onload', 'IMG[src=/a.jpg].onload'],
  ['https://shop.example/app.js?v=3', 'https://shop.example/app.js'],
  ['TimerHandler:setTimeout', 'TimerHandler:setTimeout'],
  ['DOMWindow.onclick#x?', 'DOMWindow.onclick#x?'],
])('what points at a part of the page: of %s stays %s', (pointer, expected) => {
  expect(scrubPointer(pointer)).toBe(expected);
});

test('URLs in a text lose their query, whatever stands around them', () => {
  expect(
    scrubUrls('Refused "https://a.example/x?k=1" and http://b.example/#y (img-src) in https://c.example?q'),
  ).toBe('Refused "https://a.example/x" and http://b.example/ (img-src) in https://c.example');
});

test('so do paths', () => {
  expect(scrubUrls('img /a@2x.png?sig=1 and "/b?c" but 1/2?')).toBe('img /a@2x.png and "/b" but 1/2?');
});
