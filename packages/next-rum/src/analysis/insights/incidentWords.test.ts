import { describe, expect, test } from 'vitest';
import { makeIncident } from '../../testing/savedThings.js';
import { causePlace, errorPlace, incidentWords } from './incidentWords.js';

const moment = (time: number): string => new Date(time).toISOString().slice(11, 16);

describe('incidentWords', () => {
  test('names the release that it began with, and where the rise is', () => {
    const { sentence, cause, affected } = incidentWords(
      makeIncident({ release: { release: '1.4.0', at: Date.UTC(2026, 10, 23, 9) } }),
      moment,
    );
    expect(sentence).toBe(
      'Since release 1.4.0 (09:00), p75 LCP in Safari rose from 1.98 s to 3.40 s (95 %: 3.20–3.60 s, n = 200)',
    );
    expect(cause).toBe('81 % of the rise is on /cart in Safari');
    expect(affected).toBe('70 views slower than usual');
  });

  test('says from when to when it was once it is over', () => {
    const over = makeIncident({ ended: Date.UTC(2026, 10, 23, 18), where: {} });
    expect(incidentWords(over, moment).sentence).toMatch(/^From 10:00 to 18:00, p75 LCP rose from /);
  });

  test('tells the share of slow views where p75 does not tell it', () => {
    const words = incidentWords(makeIncident({ metric: 'cls', threshold: 0.1, observed: null }), moment);
    expect(words.sentence).toBe(
      'Since 10:00, the share of views whose CLS in Safari is over 0.10 rose from 25 % to 60 % (95 %: 53.1–66.5 %, n = 200)',
    );
  });

  test('tells errors, a lack of views, and silence', () => {
    const errors = makeIncident({ metric: 'errors', expected: 2.2, count: 9, where: { route: '/a' } });
    expect(incidentWords(errors, moment).sentence).toBe(
      'Since 10:00, views with an error on /a rose from 1.1 % to 4.5 % (95 %: 2.4–8.3 %, n = 200)',
    );
    const traffic = makeIncident({ metric: 'traffic', n: 0, count: 420, expected: 1200.4, affected: 780 });
    expect(incidentWords(traffic, moment)).toMatchObject({
      sentence: 'Since 10:00, 420 views came where 1,200 would be usual',
      affected: '780 views fewer than usual',
    });
    const silence = makeIncident({ metric: 'silence', n: 0, count: 0, expected: 310 });
    const early = incidentWords({ ...silence, count: 12, ended: null }, moment);
    expect(early.sentence).toContain('nobody comes any more: 12 views in all, where 310 would be usual');
    expect(incidentWords(silence, moment).sentence).toBe(
      'Since 10:00, nobody has come, where 310 views would be usual',
    );
  });

  test('says what must not be, and is', () => {
    const rule = { name: 'checkout', kind: 'threshold', share: 0.25 } as const;
    const threshold = incidentWords(makeIncident({ rule, threshold: 2500 }), moment);
    expect(threshold).toMatchObject({
      sentence:
        'Since 10:00, p75 LCP in Safari is 3.40 s (95 %: 3.20–3.60 s, n = 200), above the 2.50 s of “checkout”',
      affected: '70 views more than may be',
    });
    const errors = makeIncident({
      rule: { ...rule, share: 0.02 },
      metric: 'errors',
      threshold: null,
      count: 9,
    });
    expect(incidentWords(errors, moment).sentence).toBe(
      'Since 10:00, views with an error in Safari are 4.5 % (95 %: 2.4–8.3 %, n = 200), above the 2.0 % of “checkout”',
    );
    const budget = { name: 'slo', kind: 'budget', share: 0.01 } as const;
    expect(
      incidentWords(makeIncident({ rule: budget, metric: 'errors', threshold: null, count: 9 }), moment)
        .sentence,
    ).toBe(
      'Since 10:00, the budget “slo” burns too fast: 4.5 % (95 %: 2.4–8.3 %, n = 200) of the views are ones with an error in Safari, 1.0 % may be',
    );
  });

  test('names errors that are new, or back, and where the rest of them is told', () => {
    const error = {
      fingerprint: 'abc',
      title: 'TypeError: no <b>lamp</b>',
      events: 30,
      visitors: 12,
      firstSeen: 0,
      lastBefore: null,
      route: '/cart',
      release: '1.4.0',
    };
    const rule = { name: 'new', kind: 'newError', share: 0 } as const;
    const of = (part: object) =>
      incidentWords(
        makeIncident({
          metric: 'errors',
          threshold: null,
          rule,
          affected: 30,
          errors: [error],
          causes: [],
          ...part,
        }),
        moment,
      );
    expect(of({})).toEqual({
      sentence: 'Since 10:00, a new error came up 30 times to 12 visitors: “TypeError: no <b>lamp</b>”',
      cause: '',
      affected: 'It happened 30 times',
    });
    const gone = { ...error, lastBefore: Date.UTC(2026, 10, 1, 9, 30) };
    const back = { ...rule, kind: 'regressedError' } as const;
    expect(of({ rule: back, errors: [gone], ended: Date.UTC(2026, 10, 23, 18) }).sentence).toBe(
      'From 10:00 to 18:00, an error that had been gone since 09:30 came back 30 times to 12 visitors: “TypeError: no <b>lamp</b>”',
    );
    const others = Array.from({ length: 6 }, (_, index) => ({
      ...error,
      title: `E${index}`,
      events: 9 - index,
    }));
    expect(of({ errors: [error, ...others], affected: 1069 })).toMatchObject({
      sentence:
        'Since 10:00, 7 new errors came up 1,069 times, most of all “TypeError: no <b>lamp</b>” to 12 visitors',
      cause: 'Besides “E0” (9), “E1” (8), “E2” (7), “E3” (6) and 2 more',
    });
    expect(errorPlace(error)).toBe('in release 1.4.0 on /cart');
    expect(errorPlace({ ...error, route: null, release: null })).toBe('');
  });

  test('says where in words, whatever a browser sent', () => {
    const part = { n: 1, count: 1, expected: 0, share: 1 };
    expect(causePlace({ ...part, places: [{}] })).toBe('everywhere alike');
    expect(
      causePlace({ ...part, places: [{ country: 'DE' }, { country: 'XX<b>' }, { country: 'FR' }] }),
    ).toBe('in Germany, in XX<b> and in France');
    expect(causePlace({ ...part, places: [{ device: 'mobile', resource: '/hero.jpg' }] })).toBe(
      'on mobile devices of views in which the file is /hero.jpg',
    );
    const api = 'GET https://api.example.com/prices/:id';
    expect(causePlace({ ...part, places: [{ route: '/product/[id]', api }] })).toBe(
      'on /product/[id] of views in which the call GET https://api.example.com/prices/:id was slow',
    );
    expect(incidentWords(makeIncident({ causes: [] }), moment).cause).toBe('');
    const all = makeIncident({ causes: [{ ...part, places: [{ connection: '4g' }], share: 1.2 }] });
    expect(incidentWords(all, moment).cause).toBe('All of the rise is over 4g');
  });
});
