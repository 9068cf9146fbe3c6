import { createServer } from 'node:http';
import { createTransport } from 'nodemailer';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openMailServer } from '../../testing/mailServer.js';
import { makeIncident } from '../../testing/savedThings.js';
import { toNotice } from './deliverNotices.js';
import { emailNotifier } from './emailNotifier.js';
import { noticeLines } from './noticeText.js';
import type { Notice } from './notifier.js';
import { slackNotifier } from './slackNotifier.js';
import { webhookNotifier } from './webhookNotifier.js';
import { verifyWebhook } from './webhookSignature.js';

const SECRET = 'a-secret-of-some-length';

/** A real incident, with what somebody could send to harm whoever reads it. */
function notice(part: Partial<Notice> = {}): Notice {
  const { hours: _, ...incident } = makeIncident({
    where: { route: '/<!channel>\r\nBcc: evil@example.com' },
  });
  const stored = {
    app: 'shop',
    id: 'lcp-1.opened.webhook',
    notifier: 'webhook',
    kind: 'opened',
    incident: incident.id,
    createdAt: 0,
    dueAt: 0,
    attempts: 1,
    state: 'waiting',
    finishedAt: null,
    error: null,
    body: JSON.stringify(incident),
  } as const;
  const alerts = { notifiers: [], adminUrl: 'https://shop.example/admin/rum/' };
  return { ...toNotice(stored, { alerts, timeZone: 'Europe/Berlin' }), ...part };
}

interface Received {
  readonly headers: Headers;
  readonly body: string;
}

test('what is part of an incident is told with it, a line each; a body of an earlier version has none', () => {
  const { hours: _, ...incident } = makeIncident();
  const parts = [{ ...incident, id: 'errors-2', metric: 'errors', where: {} }];
  const about = { id: 'lcp-1.opened.mail', kind: 'opened', app: 'shop' } as const;
  const config = { alerts: null, timeZone: 'UTC' };
  const told = toNotice({ ...about, body: JSON.stringify({ ...incident, parts }) }, config);
  expect(told.also).toEqual([expect.stringMatching(/^Since .*, views with an error rose from 25 % to 60 %/)]);
  expect(told.incident?.parts).toEqual(parts);
  expect(noticeLines(told).at(-1)).toBe(`Also: ${told.also[0]}.`);
  const earlier = toNotice({ ...about, body: JSON.stringify(incident) }, config);
  expect([earlier.also, earlier.incident?.parts]).toEqual([[], []]);
  expect(noticeLines(earlier).join()).not.toContain('Also');
});

/** A real receiver on this machine. */
async function receive(
  answer: (received: Received) => number = () => 204,
): Promise<{ readonly url: string; readonly all: Received[] }> {
  const all: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = new Headers(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)] as [string, string]),
      );
      const received = { headers, body: Buffer.concat(chunks).toString() };
      all.push(received);
      response.writeHead(answer(received), { location: '/elsewhere' }).end('no <room>');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/hook`, all };
}

describe('webhookNotifier', () => {
  test('posts what happened, signed so that whoever has the secret can tell', async () => {
    const { url, all } = await receive();
    await webhookNotifier({ url, secret: SECRET }).send(notice());
    const [{ headers, body }] = all as [Received];
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('webhook-id')).toBe('lcp-1.opened.webhook');
    expect(verifyWebhook({ headers, body, secret: SECRET })).toBe(true);
    expect(JSON.parse(body)).toMatchObject({
      version: 1,
      id: 'lcp-1.opened.webhook',
      kind: 'opened',
      app: 'shop',
      title: expect.stringMatching(/^Incident: Since 23 Nov, 11:00 .*, p75 LCP on /),
      words: { cause: '81 % of the rise is on /cart in Safari' },
      incident: { metric: 'lcp', threshold: 2000 },
      url: 'https://shop.example/admin/rum/insights/lcp-1795431600000',
    });

    expect(verifyWebhook({ headers, body, secret: 'another-secret-of-it' })).toBe(false);
    expect(verifyWebhook({ headers, body, secret: ['another-secret-of-it', SECRET] })).toBe(true);
    expect(verifyWebhook({ headers, body, secret: '' })).toBe(false);
    expect(verifyWebhook({ headers, body: `${body} `, secret: SECRET })).toBe(false);
    expect(verifyWebhook({ headers, body, secret: SECRET, now: Date.now() + 301_000 })).toBe(false);
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
      const without = new Headers(headers);
      without.delete(name);
      expect(verifyWebhook({ headers: without, body, secret: SECRET })).toBe(false);
      without.set(name, '1');
      expect(verifyWebhook({ headers: without, body, secret: SECRET })).toBe(false);
    }
  });

  test('signs as Standard Webhooks do', async () => {
    // The example of https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    const headers = new Headers({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    expect(verifyWebhook({ headers, body: '{"test": 2432232314}', secret, now: 1_614_265_330_000 })).toBe(
      true,
    );
  });

  test.each([500, 302, 404])('an answer of %d is a failure', async (status) => {
    const { url, all } = await receive(() => status);
    const sending = webhookNotifier({ url, secret: SECRET }).send(notice());
    await expect(sending).rejects.toThrow(`it was answered with ${status} no <room>`);
    expect(all).toHaveLength(1);
  });

  test('refuses what cannot be right when it is made', () => {
    expect(() => webhookNotifier({ url: '/hook', secret: SECRET })).toThrow('must be an https: address');
    expect(() => webhookNotifier({ url: 'https://a.example', secret: 'short' })).toThrow('at least 16');
    expect(() => slackNotifier({ url: 'file:///etc/passwd' })).toThrow('must be the https: address');
  });
});

test('slackNotifier posts text in which nothing that a browser sent is a command', async () => {
  const { url, all } = await receive(() => 200);
  await slackNotifier({ url }).send(notice());
  const { text } = JSON.parse(all[0]?.body ?? '{}');
  expect(text).toContain('/&lt;!channel&gt;');
  expect(text).not.toContain('<');
  expect(text.split('\n').at(-1)).toBe('https://shop.example/admin/rum/insights/lcp-1795431600000');
});

test('emailNotifier sends a mail through a real server, and nobody else gets it', async () => {
  const { port, mails } = await openMailServer();
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  onTestFinished(() => transport.close());

  await emailNotifier({ transport, from: 'RUM <rum@shop.example>', to: ['a@x.example', 'b@x.example'] }).send(
    notice(),
  );

  expect(mails).toHaveLength(1);
  const [mail] = mails;
  expect(mail?.to).toEqual(['a@x.example', 'b@x.example']);
  expect(mail?.text).toContain('Message-ID: <lcp-1.opened.webhook@shop.example>');
  expect(mail?.text).toContain('Auto-Submitted: auto-generated');
  const [head = ''] = mail?.text.split('\r\n\r\n') ?? [];
  expect(head).not.toMatch(/^Bcc:/im);
});
