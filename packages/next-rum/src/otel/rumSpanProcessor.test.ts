import { type Context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { expect, test } from 'vitest';
import { rumSpanProcessor } from './rumSpanProcessor.js';

const SESSION = '0199f3c2-7a51-7c3e-9d1f-6b1f0e5f8a2c';
const VIEW = '0199f3c2-7b00-7d41-8a10-0c2f4e6a8b9d';

function attributesOfSpan(parent: Context, rum?: Parameters<typeof rumSpanProcessor>[0]) {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    spanProcessors: [rumSpanProcessor(rum), new SimpleSpanProcessor(exporter)],
  });
  provider.getTracer('test').startSpan('GET /cart', {}, parent).end();
  return exporter.getFinishedSpans()[0]?.attributes;
}

function withBaggage(entries: Record<string, string>): Context {
  const baggage = Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, { value }]));
  return propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage(baggage));
}

test('marks a span with the session, the view and the app that asked for it', () => {
  const parent = withBaggage({ 'rum.session.id': SESSION, 'rum.view.id': VIEW, 'user.name': 'ada' });
  expect(attributesOfSpan(parent, { config: { app: 'shop' } })).toEqual({
    'session.id': SESSION,
    'rum.view.id': VIEW,
    'rum.app': 'shop',
  });
});

test('leaves spans of other requests alone', () => {
  expect(attributesOfSpan(ROOT_CONTEXT, { config: { app: 'shop' } })).toEqual({});
});

test('takes nothing from the network that is no id', () => {
  const parent = withBaggage({ 'rum.session.id': "1'; drop table", 'rum.view.id': VIEW.toUpperCase() });
  expect(attributesOfSpan(parent)).toEqual({});
});
