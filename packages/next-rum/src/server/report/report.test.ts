import { createTransport } from 'nodemailer';
import { describe, expect, onTestFinished, test } from 'vitest';
import { reportWeek } from '../../analysis/report/reportWeek.js';
import type { RumStore } from '../../store/store.js';
import { openMailServer } from '../../testing/mailServer.js';
import { makeEvent, makeView, randomFrom } from '../../testing/rows.js';
import { CONFIG, openTestStore } from '../../testing/rumServer.js';
import { makeIncident } from '../../testing/savedThings.js';
import { deliver } from '../alerts/deliver.js';
import { emailReport } from './emailReport.js';
import type { ReportMessage } from './report.js';
import { reportMessage } from './sendReport.js';
import { weekReport } from './weekReport.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ZONE = 'Europe/Berlin';
/** Monday in Berlin, at eight. */
const DUE = Date.parse('2026-11-23T08:00:00+01:00');
const WEEK = reportWeek({ day: 'mon', at: '08:00', timeZone: ZONE }, DUE);
const HOSTILE = '/<script>alert("&")</script>\r\nBcc: evil@example.com \u202egnp';

/** Two weeks of views, the second one slower; and an error that is new in it, an incident, a release. */
async function fill(store: RumStore): Promise<ReturnType<typeof rows>> {
  const all = rows();
  await store.insert(all);
  await store.saveIncidents([
    makeIncident({ id: 'lcp-7', began: WEEK.to - 2 * DAY, ended: null, where: { route: HOSTILE } }),
    makeIncident({ id: 'lcp-8', began: WEEK.from - 2 * DAY, ended: WEEK.from - DAY }),
  ]);
  return all;
}

function rows() {
  const random = randomFrom(3);
  const views = [];
  const events = [];
  for (let index = 0; index < 1400; index += 1) {
    const startedAt = WEEK.before + Math.floor((index * 14 * DAY) / 1400) + 1;
    const isLate = startedAt >= WEEK.from;
    const route = random() < 0.5 ? '/' : random() < 0.5 ? HOSTILE : '/cart';
    const view = makeView(index, {
      app: 'default',
      startedAt,
      route,
      visitor: `visitor ${index % 90}`,
      release: startedAt < WEEK.from + 3 * DAY ? '1.0' : '2.0',
      lcp: Math.round((route === '/cart' ? 2600 : 1200) * (0.5 + random()) * (isLate ? 1.5 : 1)),
      inp: 100,
    });
    views.push(view);
    const error = (message: string) =>
      makeEvent(events.length, {
        app: 'default',
        type: 'error',
        name: 'Error',
        viewId: view.id,
        visitor: view.visitor,
        occurredAt: startedAt + 1000,
        data: JSON.stringify({ message }),
      });
    if (index % 50 === 0) events.push(error('old'));
    if (isLate && index % 40 === 0) events.push(error('fresh <b>one</b>'));
  }
  return { views, events };
}

const question = { app: 'default', week: WEEK, timeZone: ZONE, adminUrl: 'https://shop.example/admin/rum/' };

describe('a report', () => {
  test('has the figures of its week beside those of the week before, as the rows are', async () => {
    const store = await openTestStore();
    const { views, events } = await fill(store);
    const report = await weekReport(store, question);
    const within = (from: number, to: number) =>
      views.filter((view) => view.startedAt >= from && view.startedAt < to);
    const [now, before] = [within(WEEK.from, WEEK.to), within(WEEK.before, WEEK.from)];
    const p75 = (of: typeof views): number =>
      of.map(({ lcp }) => lcp ?? 0).sort((a, b) => a - b)[Math.ceil(0.75 * of.length) - 1] ?? 0;
    const lcp = report.vitals.find(({ name }) => name === 'lcp');
    expect(lcp).toMatchObject({ p75: p75(now), before: p75(before), n: now.length });
    expect(lcp?.change?.value).toBe(p75(now) - p75(before));
    expect(lcp?.change?.isSure).toBe(true);
    expect(report.vitals.find(({ name }) => name === 'inp')?.change).toMatchObject({
      value: 0,
      isSure: false,
    });
    expect([report.totals.views, report.totalsBefore.views]).toEqual([now.length, before.length]);
    expect(report.totals.errors).toBe(
      events.filter(({ occurredAt }) => occurredAt >= WEEK.from && occurredAt < WEEK.to).length,
    );
    expect(report.days.map(({ views: n }) => n)).toEqual(
      WEEK.days.map((t, place) => within(t, WEEK.days[place + 1] ?? WEEK.to).length),
    );
    expect(report.newErrors).toMatchObject({
      count: 1,
      top: [
        {
          title: 'Error: fresh <b>one</b>',
          events: events.filter(({ data }) => data?.includes('fresh')).length,
        },
      ],
    });
    expect(report.incidents).toMatchObject({ count: 1, open: 1, top: [{ id: 'lcp-7', isOpen: true }] });
    expect(report.routes[0]).toMatchObject({
      route: '/cart',
      slow: now.filter((view) => view.route === '/cart' && (view.lcp ?? 0) > 2500).length,
    });
    expect(report.releases).toEqual([{ release: '2.0', at: expect.any(Number) }]);
  });

  test.each([
    ['Asia/Kolkata', '2026-11-23T08:00:00+05:30', [24, 24, 24, 24, 24, 24, 24]],
    ['Pacific/Chatham', '2026-11-23T08:00:00+13:45', [24, 24, 24, 24, 24, 24, 24]],
    ['Europe/Berlin', '2026-10-26T08:00:00+01:00', [24, 24, 24, 24, 24, 24, 25]],
  ])('counts each day by the clock of %s', async (timeZone, due, hours) => {
    const week = reportWeek({ day: 'mon', at: '08:00', timeZone }, Date.parse(due));
    const ends = [...week.days.slice(1), week.to];
    expect(week.days.map((t, place) => ((ends[place] ?? 0) - t) / HOUR)).toEqual(hours);
    const store = await openTestStore();
    const MINUTE = 60_000;
    // Around each midnight, a visitor whose session goes on over it and one who begins right with it; one a minute in, by day.
    const starts = [...week.days, week.to].flatMap((midnight, night) => [
      { visitor: `over ${night}`, startedAt: midnight - 10 * MINUTE },
      { visitor: `over ${night}`, startedAt: midnight - 1 },
      { visitor: `over ${night}`, startedAt: midnight + 10 * MINUTE },
      { visitor: `new ${night}`, startedAt: midnight },
      ...Array.from({ length: night }, (_, place) => ({
        visitor: `day ${night} ${place}`,
        startedAt: midnight + 12 * HOUR + place,
      })),
    ]);
    await store.insert({
      views: starts.map((fields, index) => makeView(index, { app: 'default', ...fields })),
      events: [],
    });
    await store.rollUp({ now: () => week.due });
    const { days, totals } = await weekReport(store, { ...question, week, timeZone });
    expect(days).toEqual(
      // Two at its beginning and two at its end, one session in each pair that began in it.
      week.days.map((t, night) => ({ t, views: 4 + night, sessions: 2 + night })),
    );
    const sum = (of: 'views' | 'sessions') => days.reduce((all, day) => all + day[of], 0);
    expect([totals.views, totals.sessions]).toEqual([sum('views'), sum('sessions')]);
  });

  test('is a mail that every program shows, in which nothing that a browser sent is markup, whatever its length', async () => {
    const store = await openTestStore();
    await fill(store);
    const report = await weekReport(store, question);
    const { html, text, subject } = reportMessage('default.report.x', report);
    expect(subject).toBe('[default] Week of 16–22 Nov 2026');
    expect(html).not.toMatch(/<script|<img|<svg|<b>one/);
    expect(html).toContain('&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt; Bcc: evil@example.com gnp');
    expect(html).toContain('href="https://shop.example/admin/rum/insights/lcp-7"');
    expect(text).toContain('LCP: ');
    const [cart] = report.routes;
    expect(cart?.intervals.lcp).toEqual([expect.any(Number), expect.any(Number)]);
    expect(text).toMatch(/\/cart: \d+ of \d+ views, p75 LCP \d\.\d\d s \(95 %: \d\.\d\d–\d\.\d\d s\)/);
    expect(html).toMatch(/p75 LCP \d\.\d\d\u00a0s \(95\u00a0%: \d\.\d\d–\d\.\d\d\u00a0s\), INP 100\u00a0ms/);
    expect(text).toMatch(/worse than \d\.\d\d s \(95 %: \d+–\d+ ms\)/);
    expect(text).toMatch(/New, \d+ times: Error: fresh <b>one<\/b>/);
    expect(text).not.toMatch(/^Bcc:/m);
    const long = 'x'.repeat(5000);
    const longest = {
      ...report,
      newErrors: {
        count: 5,
        top: Array.from({ length: 5 }, () => ({
          fingerprint: long.slice(0, 32),
          title: long,
          events: 1,
          visitors: 1,
        })),
      },
      routes: Array.from({ length: 5 }, () => ({
        route: long.slice(0, 512),
        views: 9,
        slow: 9,
        lcp: 1,
        inp: 1,
        cls: 1,
        intervals: { lcp: [0, 1] as const, inp: [0, 1] as const, cls: null },
      })),
    };
    // https://github.com/hteumeuleu/email-bugs/issues/41: Gmail hides what is after 102 KB.
    expect(Buffer.byteLength(reportMessage('x', longest).html)).toBeLessThan(60_000);
  });

  test('is sent once, when it is due, whoever runs the jobs how often, and again where it did not arrive', async () => {
    const store = await openTestStore();
    await fill(store);
    const sent: ReportMessage[] = [];
    let isDown = false;
    const send = async (message: ReportMessage): Promise<void> => {
      if (isDown) throw new Error('no line');
      sent.push(message);
    };
    const config = {
      ...CONFIG,
      timeZone: ZONE,
      report: { sender: { send }, day: 'mon', at: '08:00' },
    } as const;
    const run = (at: number) => deliver({ store, config, now: () => at, log: () => undefined });
    await run(DUE - 1);
    expect(await store.notices('default', 10)).toEqual([]);
    isDown = true;
    await Promise.all([run(DUE), run(DUE)]);
    expect(await store.notices('default', 10)).toMatchObject([
      { id: 'report.2026-11-16', kind: 'report', state: 'waiting', attempts: 1, error: 'Error: no line' },
    ]);
    isDown = false;
    await run(DUE + 30_000);
    expect(sent).toEqual([]);
    await Promise.all([run(DUE + 60_000), run(DUE + 60_000)]);
    for (let hour = 1; hour < 30; hour += 4) await run(DUE + hour * HOUR);
    expect(sent.map(({ id }) => id)).toEqual(['default.report.2026-11-16']);
    expect(await store.notices('default', 10)).toMatchObject([{ state: 'sent', attempts: 2, error: null }]);
    // Whoever begins on Wednesday gets none of last week; and where nobody came there is none.
    const late = await openTestStore();
    const lateRun = (at: number) => deliver({ store: late, config, now: () => at, log: () => undefined });
    await lateRun(DUE + 2 * DAY);
    expect(await late.notices('default', 10)).toEqual([]);
    await lateRun(DUE + HOUR);
    expect(await late.notices('default', 10)).toMatchObject([{ state: 'over' }]);
    expect(sent).toHaveLength(1);
  });

  test('goes through a real server as HTML and plain text', async () => {
    const { port, mails } = await openMailServer();
    const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
    onTestFinished(() => transport.close());
    const store = await openTestStore();
    await fill(store);
    const sender = emailReport({ transport, from: 'RUM <rum@shop.example>', to: ['team@shop.example'] });
    const config = { ...CONFIG, app: 'default', timeZone: ZONE, report: { sender } };
    await deliver({ store, config, now: () => DUE, log: () => undefined });
    expect(await store.notices('default', 1)).toMatchObject([{ state: 'sent', error: null }]);
    expect(mails).toHaveLength(1);
    const [{ text: mail } = { text: '' }] = mails;
    expect(mail).toContain('Message-ID: <default.report.2026-11-16@shop.example>');
    expect(mail).toMatch(/Content-Type: multipart\/alternative/);
    expect(mail).toMatch(/Content-Type: text\/plain; charset=utf-8/);
    expect(mail).toMatch(/Content-Type: text\/html; charset=utf-8/);
    expect(mail).not.toMatch(/^Bcc:/im);
  });
});
