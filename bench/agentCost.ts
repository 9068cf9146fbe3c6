// Prints what agents cost the page they run on: ours next to the peers in `peers/`, as their makers publish them.
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findChromium } from '../scripts/lib/chromium.mjs';
import { install } from '../scripts/lib/setup.mjs';
import { type Agent, bundleAgent, OURS, PEERS } from './agentCost/agents.js';
import { launchBrowser } from './agentCost/browser.js';
import { BASELINE, compare } from './agentCost/comparison.js';
import { type Account, runRound } from './agentCost/round.js';
import { startSite } from './agentCost/site.js';
import { SLOWDOWN } from './agentCost/visit.js';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    /** Slows down by the browser's own throttling; takes twice as long. */
    throttled: { type: 'boolean', default: false },
    /** Only these. */
    peer: { type: 'string', multiple: true, default: PEERS.map(({ name }) => name) },
  },
});
const unknown = values.peer.filter((name) => !PEERS.some((peer) => peer.name === name));
if (unknown.length > 0) throw new RangeError(`No such peer: ${unknown.join(', ')}`);
const { throttled } = values;

await install(fileURLToPath(new URL('peers/', import.meta.url)));
const peers = PEERS.filter(({ name }) => values.peer.includes(name));
const agents = await Promise.all([OURS, ...peers].map(bundleAgent));
const baseline: Agent = {
  name: BASELINE,
  npm: null,
  proof: { boot: null, click: null, fetch: null, navigation: null },
};

const site = await startSite(new Map(agents.map(({ name, script }) => [name, script])));
const browser = await launchBrowser(await findChromium({ log: console.log }));
const rounds: ReadonlyMap<string, Account>[] = [];
try {
  for (let turn = 0; turn < Number(values.rounds); turn += 1) {
    const order = [baseline, ...agents];
    order.push(...order.splice(0, (turn * 3) % order.length));
    rounds.push(await runRound({ browser, site, agents: order, throttled }));
    console.log(`round ${turn + 1} of ${values.rounds}, load average ${loadavg()[0]?.toFixed(1)}`);
  }
} finally {
  await browser.close();
  await site.close();
}

const { table, ...figures } = compare(agents, rounds);
console.log(`
What an agent adds to one page: median over ${rounds.length} rounds (lowest…highest), less the same page without an agent
${browser.version}, ${cpus().length} × ${cpus()[0]?.model}, ${SLOWDOWN}× slowdown ${throttled ? "by the browser's throttling" : '(CPU time × 4)'}
boot        main-thread ms of a load, 2 s of rest and the sending of what was recorded
click       ms a click, each 310 ms apart, sending included
fetch       ms a same-origin request, sending included
navigation  ms a click on a link that pushes a history entry, loads something and shows it, sending included
heap        MB still reachable after 120 clicks, 280 requests and 100 navigations
inp         ms that the listeners of a click take, 75th percentile
requests    and KB sent by all of this
All pages take turns at every single operation. After each phase they are hidden, on which agents send what they hold.
* sends nothing about it on this page, or is no full agent (openTelemetryTraces records no vitals, errors or views), so it is
  no peer in this column`);
console.table(table);
for (const [phase, sign] of Object.entries(OURS.proof))
  if (!sign) console.log(`Ours does not record ${phase} yet: its figure there is not like for like.`);
console.log(
  JSON.stringify({ bench: 'agent-cost', ...figures }, (_, value: unknown) =>
    typeof value === 'number' ? Number(value.toFixed(4)) : value,
  ),
);
