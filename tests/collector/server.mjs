// The collector behind Node's own HTTP server, as a process that a test can end in any way.
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { defineRum } from '@rumkit/next-rum';

const rum = defineRum({ rateLimit: false, authorize: () => true, ...JSON.parse(process.argv[2]) });
const server = createServer(async (request, response) => {
  const answer = await rum.handle(
    new Request(`http://127.0.0.1${request.url}`, {
      method: request.method,
      headers: Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      ...(request.method === 'POST' && { body: Readable.toWeb(request), duplex: 'half' }),
    }),
  );
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 2048 }, () => console.log(server.address().port));
