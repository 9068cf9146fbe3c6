// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInThisContext } from 'node:vm';
import { expect, test, vi } from 'vitest';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

test('the script tag of docs/agent.md takes its attributes, and its stub keeps what comes before', async () => {
  const [tag, ...stubs] = scriptsOfPage();
  const bodies: string[] = [];
  vi.stubGlobal('fetch', async (_url: string, { body }: RequestInit) => {
    bodies.push(String(body));
    return Response.json({ accepted: 1, duplicate: 0, rejected: [] }, { status: 202 });
  });
  vi.spyOn(document, 'currentScript', 'get').mockReturnValue(tag as HTMLScriptElement);

  for (const stub of stubs) runInThisContext(stub.text);
  runInThisContext(read('packages/react-rum/dist/script.js'));
  window.dispatchEvent(new Event('pagehide'));

  const [batch] = bodies.map((body) => JSON.parse(body));
  expect(tag?.dataset).toMatchObject({ endpoint: '/api/rum', release: '1.4.0' });
  expect(batch).toMatchObject({
    release: '1.4.0',
    events: [{ name: 'page_opened', properties: { from: 'stub' } }],
  });
});

/** Script elements of the page's HTML blocks, in their order. */
function scriptsOfPage(): readonly HTMLScriptElement[] {
  const blocks = read('docs/agent.md').matchAll(/^```html\n(.*?)^```$/gms);
  const html = Array.from(blocks, ([, block = '']) => block).join('');
  return [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('script')];
}
