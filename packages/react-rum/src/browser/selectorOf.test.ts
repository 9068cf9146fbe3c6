// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { selectorOf } from './selectorOf.js';

function elementOf(html: string): Element {
  document.body.innerHTML = html;
  const element = document.querySelector('.target');
  if (!element) throw new Error('There is no target.');
  return element;
}

test.each([
  ['<main><p></p><button class="target"></button></main>', 'html>body>main>button'],
  ['<button></button><button class="target"></button>', 'html>body>button'],
  ['<button class="target" data-rum-action="buy" data-testid="b"></button>', '[data-rum-action="buy"]'],
  ['<ul data-testid="list"><li></li><li><a class="target"></a></li></ul>', '[data-testid="list"]>li>a'],
  ['<div id="cart"><b class="target"></b></div>', '#cart>b'],
  ['<div id="radix-17"><b class="target"></b></div>', 'html>body>div>b'],
  ['<svg class="target"></svg>', 'html>body>svg'],
])('%s is %s', (html, selector) => {
  const element = elementOf(html);
  expect(selectorOf(element)).toBe(selector);
  expect([...document.querySelectorAll(selector)]).toContain(element);
});

test('deep elements are named by the last four steps', () => {
  const element = elementOf(`${'<div>'.repeat(20)}<b class="target"></b>${'</div>'.repeat(20)}`);
  expect(selectorOf(element)).toBe('div>div>div>b');
});

test('values that would end the selector are quoted', () => {
  const element = elementOf('<button class="target" data-testid=\'a"]b\\\'></button>');
  expect([...document.querySelectorAll(`${selectorOf(element)}`)]).toEqual([element]);
});

test('what is no element has none', () => {
  expect([selectorOf(null), selectorOf(undefined), selectorOf(document)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('what is in no document is named too', () => {
  expect(selectorOf(document.createElement('b'))).toBe('b');
  expect(selectorOf(document.documentElement)).toBe('html');
});

test('a form whose fields take the names of its properties is named', () => {
  const element = elementOf(
    '<form class="target"><input name="parentElement"><input name="localName"></form>',
  );
  expect(selectorOf(element)).toBe('html>body>form');
});
