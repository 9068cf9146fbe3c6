import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { type CodeExample, examplesOfMarkdown, examplesOfSource } from './codeExamples.js';
import { compileExamples, type Findings } from './compileExamples.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = 'packages/react-rum/src';
const EMBEDS = 'packages/next-rum/src/next/embed';
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const page = ['docs/agent.md', 'docs/admin.md'].flatMap((file) => examplesOfMarkdown(file, read(file)));
// The other blocks are the server's, or files that a new app is built from in tests/tarball.
const readmes = ['README.md', 'packages/react-rum/README.md']
  .flatMap((file) => examplesOfMarkdown(file, read(file)))
  .filter(({ code }) => code.includes("from '@rumkit/react-rum"));
const docstrings = [SOURCES, EMBEDS].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
    .sort()
    .flatMap((file) => examplesOfSource(join(folder, file), read(join(folder, file)))),
);
const WRONG: CodeExample = {
  place: 'wrong on purpose',
  language: 'ts',
  code: `import { startRum, track } from '@rumkit/react-rum/agent';\nstartRum().stop();\ntrack(1);`,
};

let findings: Findings;
beforeAll(() => {
  const examples = [...page, ...readmes, ...docstrings, WRONG];
  findings = compileExamples(join(ROOT, 'tests/docs'), examples, join(ROOT, 'packages/react-rum/dist'));
}, 120_000);

test.each([...page, ...readmes, ...docstrings])('$place compiles', ({ place }) => {
  expect(findings.examples.get(place)).toEqual([]);
});

test('the published types hold for an application that is as strict', () => {
  expect(findings.declarations.size).toBeGreaterThan(10);
  expect([...findings.declarations].filter(([, messages]) => messages.length > 0)).toEqual([]);
});

test('a wrong example would be found', () => {
  expect(findings.examples.get(WRONG.place)).toEqual([
    expect.stringContaining("line 2: Object is possibly 'null'"),
    expect.stringContaining("line 3: Argument of type 'number' is not assignable"),
  ]);
});

test('examples are taken from everywhere', () => {
  const files = new Set(docstrings.map(({ place }) => place.replace(/:\d+$/, '')));
  expect([...files]).toEqual(
    expect.arrayContaining([
      ...['browser/api.ts', 'browser/index.ts', 'browser/core.ts', 'react/useRum.ts'].map((file) =>
        join(SOURCES, file),
      ),
      ...['RumOverview.tsx', 'RumVitals.tsx', 'RumFunnel.tsx'].map((file) => join(EMBEDS, file)),
    ]),
  );
  expect(page.length).toBeGreaterThan(10);
  expect(readmes.length).toBeGreaterThan(1);
});
