// @vitest-environment jsdom
import { renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import * as api from '../browser/api.js';
import { useRum } from './useRum.js';

test('gives the same object for good, and in it all that the page may tell', () => {
  const { result, rerender } = renderHook(() => useRum());
  const first = result.current;
  rerender();
  expect(result.current).toBe(first);
  const { configureRum, getConsent, onConsentChange, ...told } = api;
  expect(first).toEqual(told);
});
