// Takes the pictures of README and docs from a demo that runs: node scripts/pictures.mjs --url … --password …
import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { findChromium } from './lib/chromium.mjs';

const USAGE = `Usage: node scripts/pictures.mjs --password <the admin's> [--url http://localhost:3000] [name …]

Takes the pictures of docs/images from a demo that runs (npm run demo); with names, only these.`;

const FOLDER = new URL('../docs/images/', import.meta.url);
const FUNNEL = 'steps=view:/product/[id]|custom:add_to_cart|view:/checkout';

/** What is shown, how wide (px), and in which theme. A function opens what has no address of its own. */
const PICTURES = {
  'admin-light': { path: '?range=24h&compare=previous', scale: 1.5 },
  'admin-dark': { path: '?range=24h&compare=previous', theme: 'dark', scale: 1.5 },
  'admin-phone': { path: '?range=24h', width: 360, height: 780, scale: 2 },
  insights: { path: '/insights?range=7d' },
  vital: { path: '/vitals/lcp?range=7d', theme: 'dark' },
  errors: { path: '/errors?range=7d' },
  requests: { path: '/requests?range=7d', theme: 'dark' },
  session: { path: '/sessions?range=7d&with=errors&views=3', open: 'table a[href*="/sessions/"]' },
  journeys: { path: '/journeys?range=7d' },
  funnel: { path: `/funnels?range=7d&${FUNNEL}` },
};

const { values, positionals } = parseArgs({
  options: { url: { type: 'string', default: 'http://localhost:3000' }, password: { type: 'string' } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !(name in PICTURES));
if (values.password === undefined || unknown.length > 0) {
  const names = Object.keys(PICTURES).join(', ');
  console.error(unknown.length > 0 ? `No picture is called ${unknown.join(', ')}: ${names}` : USAGE);
  process.exitCode = 2;
} else {
  await takeAll(positionals.length > 0 ? positionals : Object.keys(PICTURES));
}

async function takeAll(names) {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: await findChromium(), args });
  await mkdir(FOLDER, { recursive: true });
  try {
    for (const name of names) await take(browser, name, PICTURES[name]);
  } finally {
    await browser.close();
  }
}

async function take(browser, name, { path, open, theme = 'light', width = 1280, height = 900, scale = 1 }) {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  const admin = `${values.url}/admin/rum`;
  await page.goto(admin);
  await page.getByLabel('Password').fill(values.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Admin' }).waitFor();
  await page.goto(`${admin}${path}${path.includes('?') ? '&' : '?'}theme=${theme}`);
  if (open !== undefined) {
    await page.locator(open).first().click();
    await page.waitForURL((url) => !url.href.includes(path));
  }
  await page.locator('main h1').first().waitFor();
  // What is further down loads when it is scrolled to.
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[aria-busy="true"], .rum-skeleton')].every(
      (element) => element.getBoundingClientRect().top > innerHeight,
    ),
  );
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: new URL(`${name}.png`, FOLDER).pathname });
  console.log(`${name}.png`);
  await context.close();
}
