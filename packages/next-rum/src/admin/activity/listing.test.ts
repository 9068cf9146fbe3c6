import { expect, test } from 'vitest';
import { changeSearch, DEFAULT_STATE, parseUrlState } from '../address/urlState.js';
import { DEFAULT_LISTING, shownColumns, sortIn, withHidden, withSort } from './listing.js';

test('each table has an order of its own', () => {
  const one = withSort('', 'hosts', { column: 'bytes', descending: true });
  const both = withSort(one, 'requests', { column: 'name', descending: false });
  expect(both).toBe('hosts:-bytes,requests:name');
  expect(sortIn(both, 'hosts')).toEqual({ column: 'bytes', descending: true });
  expect(sortIn(both, 'requests')).toEqual({ column: 'name', descending: false });
  expect(sortIn(both, 'actions')).toBeNull();
  expect(withSort(both, 'hosts', { column: 'n', descending: false })).toBe('requests:name,hosts:n');
});

test('each table has columns that are hidden, but never the first', () => {
  const columns = [{ id: 'name' }, { id: 'n' }, { id: 'p75' }];
  const hide = withHidden(withHidden(withHidden('', 'hosts', 'n'), 'requests', 'p75'), 'hosts', 'name');
  expect(hide).toBe('hosts:n,requests:p75,hosts:name');
  expect(shownColumns(columns, hide, 'hosts')).toEqual([{ id: 'name' }, { id: 'p75' }]);
  expect(shownColumns(columns, withHidden(hide, 'hosts', 'n'), 'hosts')).toEqual(columns);
});

test('what a table shows is in the address, and what is not understood is the default', () => {
  const listing = {
    order: 'hosts:-n',
    hide: 'hosts:p75',
    kind: 'files',
    host: 'cdn.example',
    initiator: 'img',
    timing: 'render',
  } as const;
  const search = changeSearch('?mine=1', { listing });
  expect(search).toBe(
    '?mine=1&order=hosts:-n&hide=hosts:p75&kind=files&host=cdn.example&initiator=img&timing=render',
  );
  expect(parseUrlState(search).listing).toEqual(listing);
  expect(parseUrlState('?kind=nonsense').listing).toEqual(DEFAULT_LISTING);
  expect(changeSearch(search, { listing: DEFAULT_STATE.listing })).toBe('?mine=1');
});
