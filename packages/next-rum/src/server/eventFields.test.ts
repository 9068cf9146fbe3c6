import { newId, type RumEvent } from '@rumkit/react-rum/protocol';
import { expect, test } from 'vitest';
import { event, NOON } from '../testing/rumServer.js';
import { eventFields } from './eventFields.js';

test('each type of event keeps what only it has', () => {
  const base = { id: newId(NOON), viewId: newId(NOON), at: NOON, route: '/' };
  const events: readonly RumEvent[] = [
    event({ properties: { sku: 'a', nested: { list: ['x', 1, null] } } }),
    event(),
    { ...base, type: 'error', name: 'TypeError', message: 'm', stack: 's', source: 'window.error' },
    {
      ...base,
      type: 'error',
      name: 'Error',
      message: 'm',
      source: 'react',
      count: 12,
      componentStack: 'at Cart',
      digest: '3279348732',
    },
    {
      ...base,
      type: 'action',
      name: 'Add to cart',
      kind: 'click',
      target: '#buy',
      duration: 812.5,
      requests: 2,
      errors: 0,
      navigated: true,
      frustrations: ['rage', 'error'],
    },
    {
      ...base,
      type: 'resource',
      name: '/api/user/:id',
      initiator: 'fetch',
      duration: 120.25,
      method: 'POST',
      status: 0,
      failure: 'timeout',
      operation: 'GetUser',
      redirect: 0,
      dns: 1.5,
      connect: 2,
      tls: 3,
      wait: 4,
      download: 5,
      transferSize: 300,
      decodedSize: 900,
      protocol: 'h3',
      cached: false,
      renderBlocking: true,
      spanId: '00f067aa0ba902b7',
    },
    {
      ...base,
      type: 'longtask',
      name: '/_next/static/chunks/shop.js',
      duration: 210,
      blockingDuration: 160,
      scriptDuration: 140,
      layoutDuration: 20,
      invoker: 'BUTTON#buy.onclick',
      function: 'onBuy',
    },
    { ...base, type: 'timing', name: 'search', kind: 'query', duration: 0, properties: { hit: true } },
    { ...base, type: 'flag', name: 'new-cart', variant: 'b' },
    { ...base, type: 'navigation', name: '/sale', outcome: 'cancelled', duration: 300 },
    { ...base, type: 'loss', reason: 'rate_limited', count: 7 },
  ];
  const rows = events.map(eventFields);
  expect(
    rows.map(({ type, name, duration, data }) => [type, name, duration, data && JSON.parse(data)]),
  ).toEqual([
    ['custom', 'add_to_cart', null, { properties: { sku: 'a', nested: { list: ['x', 1, null] } } }],
    ['custom', 'add_to_cart', null, null],
    ['error', 'TypeError', null, { message: 'm', stack: 's', source: 'window.error' }],
    [
      'error',
      'Error',
      null,
      { message: 'm', source: 'react', count: 12, componentStack: 'at Cart', digest: '3279348732' },
    ],
    [
      'action',
      'Add to cart',
      812.5,
      {
        kind: 'click',
        target: '#buy',
        requests: 2,
        errors: 0,
        navigated: true,
        frustrations: ['rage', 'error'],
      },
    ],
    [
      'resource',
      '/api/user/:id',
      120.25,
      {
        initiator: 'fetch',
        method: 'POST',
        status: 0,
        failure: 'timeout',
        operation: 'GetUser',
        redirect: 0,
        dns: 1.5,
        connect: 2,
        tls: 3,
        wait: 4,
        download: 5,
        transferSize: 300,
        decodedSize: 900,
        protocol: 'h3',
        cached: false,
        renderBlocking: true,
        spanId: '00f067aa0ba902b7',
      },
    ],
    [
      'longtask',
      '/_next/static/chunks/shop.js',
      210,
      {
        blockingDuration: 160,
        scriptDuration: 140,
        layoutDuration: 20,
        invoker: 'BUTTON#buy.onclick',
        function: 'onBuy',
      },
    ],
    ['timing', 'search', 0, { kind: 'query', properties: { hit: true } }],
    ['flag', 'new-cart', null, { variant: 'b' }],
    ['navigation', '/sale', 300, { outcome: 'cancelled' }],
    ['loss', 'rate_limited', null, { count: 7 }],
  ]);
});

test('the URL in what the browser says loses its query, the one that explains an error does not', () => {
  const error = { ...event(), type: 'error', name: 'Error' } as const;
  const failed = {
    ...error,
    message: 'https://cdn.example/a.png?sig=1 did not load',
    source: 'resource',
  } as const;
  const explained = 'Minified React error #418; visit https://react.dev/errors/418?args[]=text';
  const thrown = { ...error, message: explained, source: 'window.error' } as const;
  const rows = [failed, thrown].map(eventFields);
  expect(rows.map(({ data }) => JSON.parse(data ?? '').message)).toEqual([
    'https://cdn.example/a.png did not load',
    explained,
  ]);
});
