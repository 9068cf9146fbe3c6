import type { ActionEvent, Frustration, RumEvent, ViewDocument } from '@rumkit/react-rum/protocol';
import type { Random } from './random.js';
import { sampleId } from './sampleId.js';
import type { Page } from './shop.js';
import type { Visitor } from './visitors.js';

/** What all events of a view share. */
interface Happening {
  readonly page: Page;
  readonly view: ViewDocument;
  readonly visitor: Visitor;
  readonly random: Random;
  /** The fields that every event has, `after` ms from the beginning of the view. */
  at(after: number): Pick<RumEvent, 'id' | 'viewId' | 'at' | 'route'>;
}

/** Makes up what happens in a view that took `duration` ms: what it loads, what its visitor does and what goes wrong. */
export function sampleEvents(
  page: Page,
  view: ViewDocument,
  duration: number,
  visitor: Visitor,
  random: Random,
): readonly RumEvent[] {
  const at: Happening['at'] = (after) => {
    const time = view.startedAt + Math.floor(Math.min(after, duration));
    return { id: sampleId(time, random), viewId: view.id, at: time, route: view.route };
  };
  const happening: Happening = { page, view, visitor, random, at };
  const moment = () => duration * (0.2 + 0.75 * random.next());
  return [
    ...sampleLoads(happening),
    ...sampleRequests(happening, moment),
    ...sampleLongTasks(happening),
    ...page.events
      .filter(({ chance }) => random.chance(chance))
      .flatMap((event) => sampleCustom(happening, event, moment())),
    ...sampleFlags(happening),
    ...sampleTrouble(happening, moment()),
    ...sampleCancelled(happening, duration),
  ];
}

/** The files of a document, or what the router fetches to go to a page. */
function sampleLoads({ page, view, visitor, random, at }: Happening): readonly RumEvent[] {
  const { network } = visitor.slowness;
  if (view.navigationType === 'client') {
    const wait = round(random.logNormal(page.server, 0.4) * (0.5 + network / 2));
    const download = round(4 * network);
    return [
      {
        ...at(0),
        type: 'resource',
        name: page.route.replace('(.)', '').replace(/\[+\.*(\w+)\]+/g, ':$1'),
        initiator: 'fetch',
        duration: round(wait + download),
        method: 'GET',
        status: 200,
        wait,
        download,
        transferSize: 3200,
        decodedSize: 9800,
        protocol: 'h2',
      },
    ];
  }
  const cached = random.chance(0.55);
  return (
    [
      ['/_next/static/chunks/shop.js', 'script', 61_000],
      ['/_next/static/chunks/shop.css', 'link', 7_400],
    ] as const
  ).map(([name, initiator, size]) => {
    const download = round(cached ? 1 : (size / 4000) * network);
    const wait = round(cached ? 1 : random.logNormal(24, 0.4) * network);
    return {
      ...at(120 * network),
      type: 'resource',
      name,
      initiator,
      duration: round(wait + download),
      wait,
      download,
      transferSize: cached ? 0 : size,
      decodedSize: size * 3,
      protocol: 'h2',
      cached,
      renderBlocking: initiator === 'link',
    };
  });
}

function sampleRequests({ page, visitor, random, at }: Happening, moment: () => number): readonly RumEvent[] {
  return (page.requests ?? []).flatMap(({ name, method, median, failing }): readonly RumEvent[] => {
    const duration = round(random.logNormal(median, 0.5) * (0.6 + 0.4 * visitor.slowness.network));
    const failed = random.chance(failing);
    const after = moment();
    return [
      {
        ...at(after),
        type: 'resource',
        name,
        initiator: 'fetch',
        duration,
        method,
        status: failed ? 502 : 200,
        wait: round(duration * 0.9),
        download: round(duration * 0.05),
        transferSize: 900,
        protocol: 'h2',
      },
      { ...at(after), type: 'timing', name, kind: 'query', duration: round(duration + 3) },
    ];
  });
}

function sampleLongTasks({ visitor, random, at }: Happening): readonly RumEvent[] {
  const { device } = visitor.slowness;
  return Array.from({ length: random.poisson(0.35 * device) }, (_, index): RumEvent => {
    const duration = round(50 + random.logNormal(35, 0.7) * device);
    return {
      ...at(300 + index * 900),
      type: 'longtask',
      name: '/_next/static/chunks/shop.js',
      duration,
      blockingDuration: round(duration - 50),
      scriptDuration: round(duration * 0.8),
      layoutDuration: round(duration * 0.1),
      invoker: index === 0 ? 'MessagePort.onmessage' : 'BUTTON.onclick',
    };
  });
}

/** What the shop reports comes from a click, and the click is told as well. */
function sampleCustom(
  happening: Happening,
  { name, properties }: Page['events'][number],
  after: number,
): readonly RumEvent[] {
  const { random, at } = happening;
  return [
    sampleAction(happening, name.replaceAll('_', ' '), after, { requests: 1 }),
    { ...at(after + 20), type: 'custom', name, properties: properties(random) },
  ];
}

function sampleFlags({ page, random, at }: Happening): readonly RumEvent[] {
  if (page.flag === undefined) return [];
  return [{ ...at(0), type: 'flag', name: page.flag, variant: random.chance(0.5) ? 'on' : 'off' }];
}

/** An error, and the clicks that show what its visitor thinks of it. */
function sampleTrouble(happening: Happening, after: number): readonly RumEvent[] {
  const { page, random, at } = happening;
  if (page.error === undefined || !random.chance(page.error.chance)) return [];
  const { name, message } = page.error;
  const stack = `${name}: ${message}\n    at onClick (https://shop.example/_next/static/chunks/shop.js:1:2048)`;
  const frustrations: readonly Frustration[] = random.chance(0.3) ? ['rage', 'error'] : ['error'];
  return [
    sampleAction(happening, 'button', after, { errors: 1, frustrations }),
    { ...at(after + 5), type: 'error', name, message, stack, source: 'window.error' },
  ];
}

/** Some click on before a slow page arrives. */
function sampleCancelled({ page, random, at }: Happening, duration: number): readonly RumEvent[] {
  if (page.router !== 'app' || !random.chance(0.015)) return [];
  return [
    {
      ...at(duration - 400),
      type: 'navigation',
      name: '/product/ember',
      outcome: 'cancelled',
      duration: round(random.logNormal(350, 0.5)),
    },
  ];
}

function sampleAction(
  { visitor, random, at }: Happening,
  name: string,
  after: number,
  outcome: Pick<ActionEvent, 'requests' | 'errors' | 'frustrations'>,
): ActionEvent {
  return {
    ...at(after),
    type: 'action',
    name,
    kind: 'click',
    target: 'main button.shop-button',
    duration: round(random.logNormal(140, 0.6) * visitor.slowness.device),
    ...outcome,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
