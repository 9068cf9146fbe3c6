// @vitest-environment jsdom
import { renderHook } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, test, vi } from 'vitest';
import { type RumAgent, startRum } from '../browser/index.js';
import { recordBatches } from '../testing/recordedBatches.js';
import { useTrackEvent } from './useTrackEvent.js';

interface ShopEvents {
  add_to_cart: { sku: string; price: number };
  checkout_opened: undefined;
  searched: { term: string } | undefined;
}

function Page() {
  useTrackEvent()('rendered');
  return <p>page</p>;
}

let agent: RumAgent | null = null;
afterEach(() => {
  agent?.stop();
  agent = null;
});

test('gives the same function for good', () => {
  const { result, rerender } = renderHook(() => useTrackEvent());
  const first = result.current;
  rerender();
  expect(result.current).toBe(first);
});

test('records without a provider, also what came before the start', async () => {
  const sent = recordBatches();
  const { result } = renderHook(() => useTrackEvent<ShopEvents>());
  result.current('checkout_opened');
  agent = startRum({}, { fetch: sent.fetch });
  result.current('add_to_cart', { sku: 'lamp', price: 49 });
  await agent?.flush();
  expect(sent.events()).toMatchObject([
    { name: 'checkout_opened' },
    { name: 'add_to_cart', properties: { sku: 'lamp', price: 49 } },
  ]);
});

test('does nothing during server rendering', async () => {
  vi.stubGlobal('window', undefined);
  expect(renderToString(<Page />)).toBe('<p>page</p>');
  vi.unstubAllGlobals();

  const sent = recordBatches();
  agent = startRum({}, { fetch: sent.fetch });
  await agent?.flush();
  expect(sent.events()).toEqual([]);
});

test('names and properties are those of the map (checked by the compiler)', () => {
  const { result } = renderHook(() => useTrackEvent<ShopEvents>());
  const calls = (): void => {
    const track = result.current;
    track('checkout_opened');
    track('searched');
    track('searched', { term: 'lamp' });
    // @ts-expect-error no such event
    track('add_to_card', { sku: 'lamp', price: 49 });
    // @ts-expect-error its properties are missing
    track('add_to_cart');
    // @ts-expect-error the price is a number
    track('add_to_cart', { sku: 'lamp', price: '49' });
  };
  expect(calls).toBeTypeOf('function');
});
