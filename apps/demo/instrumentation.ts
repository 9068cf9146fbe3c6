import { rumSpanProcessor } from '@rumkit/next-rum/otel';
import { registerOTel } from '@vercel/otel';

// Spans go where OTEL_EXPORTER_OTLP_ENDPOINT says, and nowhere without it.
export async function register(): Promise<void> {
  // Next builds this file for the edge too, where a database cannot be opened.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { rum } = await import('./lib/rum');
    registerOTel({ serviceName: 'lampyre-shop', spanProcessors: ['auto', rumSpanProcessor(rum)] });
  }
}
