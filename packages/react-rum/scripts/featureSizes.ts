import * as api from '../src/browser/api.js';
import * as react from '../src/react/index.js';
import { measureBundle, measureScript, type Replacements } from './measureBundle.js';

/** What something weighs: gzip bytes of minified code. */
export interface SizeRow {
  readonly what: string;
  readonly gzip: number;
}

/** The tables of sizes in docs/agent.md. */
export interface FeatureSizes {
  /** What an application with each of the entries loads first. */
  readonly installs: readonly SizeRow[];
  /** What the default install is smaller by without each of its features. */
  readonly features: readonly SizeRow[];
  /** What comes on top of the default install where it is used. */
  readonly additions: readonly SizeRow[];
}

const START = `import { startRum, track } from './browser/index.js'; startRum(); track('x');`;
const VITALS = `import { onCLS, onFCP, onINP, onLCP, onTTFB }`;
const USE_VITALS = `for (const on of [onCLS, onFCP, onINP, onLCP, onTTFB]) on(console.log);`;

const INSTALLS = {
  'default: `@rumkit/react-rum/agent`': START,
  'core: `@rumkit/react-rum/core`': `import { startRum, track } from './browser/core.js'; startRum(); track('x');`,
};
const WEB_VITALS = {
  '`web-vitals` alone, attribution build': `${VITALS} from 'web-vitals/attribution'; ${USE_VITALS}`,
  '`web-vitals` alone, standard build': `${VITALS} from 'web-vitals'; ${USE_VITALS}`,
};

/** Of a row that is contained in the one above. */
const PART = '– ';
/** A collector that watches nothing. */
const NOTHING = '({ start: () => [] })';

/** Each feature's module, and the emptiest one that can stand in its place for a bundler: it is not run. */
const FEATURES: { readonly [what: string]: Replacements } = {
  vitals: {
    'browser/collect/attributedVitals.js': `export const attributedVitals = ${NOTHING};`,
  },
  [`${PART}of them: attribution`]: {
    'browser/collect/attributedVitals.js': `import { createVitals } from './vitals.js'; export const attributedVitals = createVitals();`,
  },
  'resources and requests': {
    'browser/collect/network.js': `export const createNetwork = () => ${NOTHING};`,
  },
  [`${PART}of them: trace headers`]: {
    'browser/network/trace.js': 'export const createTracing = () => ({ mayTrace: () => false });',
  },
  [`${PART}of them: URL templates`]: {
    'browser/network/urlTemplates.js': 'export const createUrlTemplates = () => (url) => url;',
  },
  errors: { 'browser/collect/errors.js': `export const errors = ${NOTHING};` },
  actions: { 'browser/collect/actions.js': `export const createActions = () => ${NOTHING};` },
  'view details': { 'browser/collect/viewDetails.js': `export const createViewDetails = () => ${NOTHING};` },
  'when the page settles (for actions, requests and views)': {
    'browser/activity.js':
      'export const createActivity = () => ({ touch() {}, request() {}, wait: () => () => {} });',
  },
  'sessions, sampling and troubled sessions': {
    'browser/sessions.js': `
      const session = { id: '', sampled: 1 };
      export const createSessions = () => ({ current: () => session, mayStore: () => false, collector: ${NOTHING} });`,
  },
  'long tasks': { 'browser/collect/longTasks.js': `export const longTasks = ${NOTHING};` },
  'timings, flags and view context': {
    'browser/collect/appSignals.js': `export const appSignals = ${NOTHING};`,
  },
  delivery: {
    'browser/transport/transport.js':
      'export const createTransport = () => ({ add() {}, changed() {}, flush: async () => {}, leave() {}, clear() {} });',
  },
  'routes from `history`': {
    'browser/historyRoutes.js': `export const createHistoryRoutes = () => ({ current: () => null, subscribe: () => () => {} });`,
  },
  environment: { 'browser/environmentFacts.js': 'export const environmentFacts = () => undefined;' },
  compression: { 'browser/transport/gzip.js': 'export const gzip = async () => undefined;' },
  'User Timing': { 'browser/collect/userTiming.js': `export const userTiming = ${NOTHING};` },
  'caps a minute': { 'browser/collect/caps.js': `export const createCaps = () => ${NOTHING};` },
};

// By name: a namespace would be an object with a getter for each.
const API = `${START} ${use('./browser/api.js', Object.keys(api))}`;
const REACT_NAMES = Object.keys(react).filter((name) => !(name in api));
const ALL = `${API} ${use('./react/index.js', REACT_NAMES)}`;
/** Hooks and components, one by one. */
const REACT = Object.fromEntries(
  REACT_NAMES.map((name) => [`\`${name}\``, `${START} ${use('./react/index.js', [name])}`]),
);

const ON_DEMAND = {
  'debug mode, a file of its own': `export * from './browser/debug/index.js';`,
  'offline queue, a file of its own': `export * from './browser/offline/index.js';`,
};

/** Measures the agent by feature: exact for the locked esbuild, but for what gzip makes of neighbours. */
export async function measureFeatures(): Promise<FeatureSizes> {
  const [installed, withApi] = await Promise.all([measureBundle(START), measureBundle(API)]);
  const less = async (without: Replacements): Promise<number> =>
    installed.gzip - (await measureBundle(START, without)).gzip;
  const more = async (code: string): Promise<number> => (await measureBundle(code)).gzip - installed.gzip;
  const alone = async (code: string): Promise<number> => (await measureBundle(code)).gzip;
  const wholes = Object.entries(FEATURES).filter(([what]) => !what.startsWith(PART));
  const nothingLeft: Replacements = Object.assign({}, ...wholes.map(([, without]) => without));
  return {
    installs: [
      ...(await measureEach(INSTALLS, alone)),
      { what: 'script tag: `@rumkit/react-rum/script.js`', gzip: (await measureScript()).gzip },
      ...(await measureEach(WEB_VITALS, alone)),
    ],
    features: [
      ...(await measureEach(FEATURES, less)),
      {
        what: 'the rest: views, consent, `track`, what holds it together',
        gzip: (await measureBundle(START, nothingLeft)).gzip,
      },
    ],
    additions: [
      { what: 'the other functions of the API', gzip: withApi.gzip - installed.gzip },
      { what: 'all of React, on top of these', gzip: (await alone(ALL)) - withApi.gzip },
      ...(await measureEach(REACT, more)),
      ...(await measureEach(ON_DEMAND, alone)),
    ],
  };
}

function use(from: string, names: readonly string[]): string {
  // `track` is imported by START already.
  const imports = names.map((name) => `${name} as _${name}`);
  return `import { ${imports.join()} } from '${from}'; console.log(${names.map((name) => `_${name}`).join()});`;
}

async function measureEach<Subject>(
  subjects: { readonly [what: string]: Subject },
  measure: (subject: Subject) => Promise<number>,
): Promise<readonly SizeRow[]> {
  const rows = Object.entries(subjects).map(async ([what, subject]) => ({
    what,
    gzip: await measure(subject),
  }));
  return Promise.all(rows);
}
