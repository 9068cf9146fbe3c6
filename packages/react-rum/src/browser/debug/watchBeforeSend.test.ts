import { expect, test, vi } from 'vitest';
import type { CustomEvent } from '../../protocol/index.js';
import { configureRum } from '../api.js';
import type { RumHooks } from '../options.js';
import { registry } from '../registry.js';
import { type Outcome, watchBeforeSend } from './watchBeforeSend.js';

const item: CustomEvent = { type: 'custom', id: '1', viewId: '2', at: 0, route: '/', name: 'x' };

function watch(hooks: RumHooks, fallback?: RumHooks['beforeSend']) {
  const told = vi.fn<(item: object, outcome: Outcome) => void>();
  const stop = watchBeforeSend(hooks, fallback, told);
  return { told, stop };
}

test('without a hook all is captured as it is', () => {
  const hooks: RumHooks = {};
  const { told } = watch(hooks);
  expect(hooks.beforeSend?.(item)).toBe(item);
  expect(told).toHaveBeenCalledExactlyOnceWith(item, 'captured');
});

test('the hook of the options still changes and drops', () => {
  const changed = { ...item, name: 'y' };
  const hooks: RumHooks = {};
  const fallback = vi.fn().mockReturnValueOnce(changed).mockReturnValueOnce(null);
  const { told } = watch(hooks, fallback);
  expect(hooks.beforeSend?.(item)).toBe(changed);
  expect(hooks.beforeSend?.(item)).toBeNull();
  expect(told.mock.calls).toEqual([
    [changed, 'captured'],
    [item, 'dropped'],
  ]);
});

test('a hook that throws still throws, and is told', () => {
  const hooks: RumHooks = {
    beforeSend: () => {
      throw new Error('of the application');
    },
  };
  const { told } = watch(hooks);
  expect(() => hooks.beforeSend?.(item)).toThrow('of the application');
  expect(told).toHaveBeenCalledExactlyOnceWith(item, 'threw');
});

test('a hook that the application sets later is watched too, and is all that is left in the end', () => {
  const { hooks } = registry();
  const { told, stop } = watch(hooks, () => item);
  const drop = () => null;
  configureRum({ beforeSend: drop });
  expect(hooks.beforeSend?.(item)).toBeNull();
  expect(told).toHaveBeenCalledExactlyOnceWith(item, 'dropped');

  stop();
  expect(hooks.beforeSend).toBe(drop);
});
