import { expect, test } from 'vitest';
import { templateFromTree } from './templateFromTree.js';

// What a production build of the demo on Next 16.4.6 wrote to the history.
const HOME = {
  tree: [
    '',
    {
      children: [
        '(shop)',
        {
          children: ['__PAGE__', {}, null, null, 512, ''],
          modal: ['__DEFAULT__', {}, null, null, 512],
        },
        null,
        null,
        512,
      ],
    },
    null,
    null,
    528,
  ],
  renderedSearch: '',
};

const QUICK_VIEW_SLOT = (origin: unknown) => [
  '(__SLOT__)',
  {
    children: [
      '(.)product',
      {
        children: [
          ['id', 'product', 'd', []],
          { children: ['quick', { children: ['__PAGE__', {}, origin, null, 0, ''] }, origin, null, 0] },
          origin,
          null,
          0,
        ],
      },
      origin,
      null,
      0,
    ],
  },
  origin,
  null,
  0,
];

const shop = (children: unknown, modal: unknown) => ({
  tree: ['', { children: ['(shop)', { children, modal }, null, null, 0] }, null, null, 16],
  renderedSearch: '',
});

const NO_MODAL = ['__DEFAULT__', {}, null, null, 0];
const FROM_QUICK_VIEW = ['/product/product/quick', ''];
const PRODUCT_PAGE = [
  'product',
  {
    children: [['id', 'product', 'd', []], { children: ['__PAGE__', {}, null, null, 0, ''] }, null, null, 0],
  },
  null,
  null,
  0,
];
const catalogue = (origin: unknown) => [
  'catalogue',
  { children: ['__PAGE__', {}, origin, null, 160, ''] },
  origin,
  null,
  96,
];
const guides = (slug: string) => [
  'guides',
  {
    children: [['slug', slug, 'oc', []], { children: ['__PAGE__', {}, null, null, 160, ''] }, null, null, 96],
  },
  null,
  null,
  96,
];

test('leaves route groups and empty slots out', () => {
  expect(templateFromTree(HOME, '/')).toBe('/');
});

test('names /product/product by its parameter, not by guessing from the path', () => {
  expect(templateFromTree(shop(PRODUCT_PAGE, NO_MODAL), '/product/product')).toBe('/product/[id]');
});

test.each([
  ['/guides', ''],
  ['/guides/light/warm-or-cold', 'light/warm-or-cold'],
])('names an optional catch-all at %s', (pathname, slug) => {
  expect(templateFromTree(shop(guides(slug), NO_MODAL), pathname)).toBe('/guides/[[...slug]]');
});

test('names an intercepted route as the build does, not the page behind it', () => {
  const state = shop(catalogue(['/catalogue', '']), QUICK_VIEW_SLOT(null));
  expect(templateFromTree(state, '/product/product/quick')).toBe('/(.)product/[id]/quick');
});

test('names an intercepted route after going back to it, where Next marks no slot as left over', () => {
  const state = shop(catalogue(null), QUICK_VIEW_SLOT(null));
  expect(templateFromTree(state, '/product/product/quick')).toBe('/(.)product/[id]/quick');
});

test.each([
  [PRODUCT_PAGE, '/product/product', '/product/[id]'],
  [guides(''), '/guides', '/guides/[[...slug]]'],
])('ignores a modal that was left over from before', (page, pathname, template) => {
  expect(templateFromTree(shop(page, QUICK_VIEW_SLOT(FROM_QUICK_VIEW)), pathname)).toBe(template);
});

test('names the page that a slot holds where the main slot holds none', () => {
  const tree = [
    '',
    {
      children: [
        'dashboard',
        { children: ['__DEFAULT__', {}], team: ['settings', { children: ['__PAGE__', {}] }] },
      ],
    },
  ];
  expect(templateFromTree({ tree, renderedSearch: '' }, '/dashboard/settings')).toBe('/dashboard/settings');
});

test('names the 404 page as Next does', () => {
  const tree = ['', { children: ['/_not-found', { children: ['__PAGE__', {}, null, null, 512, ''] }] }];
  expect(templateFromTree({ tree, renderedSearch: '' }, '/nowhere/at/all')).toBe('/_not-found');
});

test('follows a rewrite, where no path of the tree is the one shown', () => {
  expect(templateFromTree(shop(PRODUCT_PAGE, NO_MODAL), '/lamps/best')).toBe('/product/[id]');
});

test.each([
  ['/shop/product/product', PRODUCT_PAGE, QUICK_VIEW_SLOT(null), '/product/[id]'],
  ['/shop/product/product/quick', catalogue(null), QUICK_VIEW_SLOT(null), '/(.)product/[id]/quick'],
])('works below a base path: %s', (pathname, page, modal, template) => {
  expect(templateFromTree(shop(page, modal), pathname)).toBe(template);
});

test('compares a parameter whether it is encoded or not', () => {
  const lamp = (id: string) => [
    'product',
    { children: [['id', id, 'd', []], { children: ['__PAGE__', {}] }] },
  ];
  for (const id of ['m%C3%B6bel', 'möbel']) {
    const state = shop(lamp(id), ['other', { children: ['__PAGE__', {}] }]);
    expect(templateFromTree(state, '/product/m%C3%B6bel/')).toBe('/product/[id]');
  }
});

// Interception markers: https://nextjs.org/docs/app/api-reference/file-conventions/intercepting-routes
test.each([
  ['(.)photo', '/feed/photo/7', '/feed/(.)photo/[id]'],
  ['(..)photo', '/photo/7', '/feed/(..)photo/[id]'],
  ['(...)photo', '/photo/7', '/feed/(...)photo/[id]'],
])('finds a page intercepted by %s', (folder, pathname, template) => {
  const page = { children: ['__PAGE__', {}] };
  const modal = [folder, { children: [['id', '7', 'd', null], page] }];
  const tree = ['', { children: ['feed', { ...page, modal }] }];
  expect(templateFromTree({ tree, renderedSearch: '' }, pathname)).toBe(template);
});

test.each([
  ['di(..)', '/(..)[id]'],
  ['ci(.)', '/(.)[...id]'],
  ['c', '/[...id]'],
])('names a parameter of kind %s', (kind, template) => {
  const tree = ['', { children: [['id', '7', kind, null], { children: ['__PAGE__', {}] }] }];
  expect(templateFromTree({ tree, renderedSearch: '' }, '/7')).toBe(template);
});

// Next 15: the bare tree, search parameters in the page's name, the URL on every page.
test('reads the tree of Next 15', () => {
  const tree = [
    '',
    {
      children: [
        '(shop)',
        {
          children: [
            'product',
            {
              children: [
                ['id', 'product', 'd'],
                { children: ['__PAGE__?{"q":"lamp"}', {}, '/product/product?q=lamp', 'refresh'] },
              ],
            },
          ],
          modal: ['__DEFAULT__', {}],
        },
      ],
    },
    null,
    null,
    true,
  ];
  expect(templateFromTree(tree, '/product/product')).toBe('/product/[id]');
});

test('reads a modal in the tree of Next 15', () => {
  const tree = [
    '',
    {
      children: ['catalogue', { children: ['__PAGE__', {}, '/catalogue', 'refresh'] }],
      modal: [
        '(.)product',
        { children: [['id', '4', 'd'], { children: ['__PAGE__', {}, '/product/4', 'refresh'] }] },
      ],
    },
    null,
    null,
    true,
  ];
  expect(templateFromTree(tree, '/product/4')).toBe('/(.)product/[id]');
  expect(templateFromTree(tree, '/catalogue')).toBe('/catalogue');
});

test.each([undefined, null, 'tree', {}, [], { tree: ['', null] }, ['', { children: 3 }]])(
  'knows no route in %j',
  (state) => {
    expect(templateFromTree(state, '/')).toBeNull();
  },
);
