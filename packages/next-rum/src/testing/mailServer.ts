import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';

interface Mail {
  /** Who gets it, as the envelope says. */
  readonly to: readonly string[];
  /** Head and body, as they came. */
  readonly text: string;
}

/** A real SMTP server on a port of its own, which goes with the test, and what it got so far. */
export async function openMailServer(): Promise<{ readonly port: number; readonly mails: readonly Mail[] }> {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push({
          to: envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
  onTestFinished(() => new Promise<void>((closed) => server.close(() => closed())));
  const address = server.server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, mails };
}
