import { adminQueries, filteredQueries } from './storage/adminQueries.js';
import { withStore } from './storage/databases.js';
import { fill } from './storage/fill.js';
import { existsSync } from 'node:fs';
const TO = Date.UTC(2026, 10, 20, 20);
const SPAN = { from: TO - 30 * 86_400_000, to: TO };
const only = process.argv[3] ?? 'admin/error';
const n = Number(process.argv[2]);
const url = `file:/tmp/errors-bench-${n}.db`;
const isFull = existsSync(`/tmp/errors-bench-${n}.db`);
await withStore(url, async (store) => {
  if (!isFull) await fill(store, n, SPAN);
});
await withStore(url, async (store) => {
  const range = { app: 'default', from: TO - 30 * 86_400_000, to: TO };
  const counts = await store.errorCounts(range, 1000);
  console.log('groups', counts.length, 'errors', counts.reduce((s, c) => s + c.events, 0));
  const queries = [...adminQueries(store, TO), ...filteredQueries(store, TO).slice(0, 7)].filter(({ name }) => name.includes(only));
  for (const q of queries) {
    const times: number[] = [];
    for (let i = 0; i < (q.name.includes('filter') ? 4 : 40); i++) { const b = performance.now(); await q.run(); times.push(performance.now() - b); }
    const first = times[0] ?? 0;
    times.sort((a, b) => a - b);
    console.log(n, q.name.slice(0, 70).padEnd(70), 'first', first.toFixed(1), 'p50', times[Math.floor(times.length * 0.5)]?.toFixed(1), 'p95', times[Math.ceil(times.length * 0.95) - 1]?.toFixed(1));
  }
});
