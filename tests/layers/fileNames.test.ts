import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test.each(['react-rum', 'next-rum'])(
  'no two files of %s have one name on a disk that does not tell cases apart',
  (name) => {
    const root = new URL(`../../packages/${name}/src`, import.meta.url).pathname;
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    const built = files.map((each) =>
      join(each.parentPath, each.name)
        .slice(root.length)
        .replace(/\.tsx?$/, '.js'),
    );
    expect(built.length).toBeGreaterThan(50);
    const seen = new Map<string, string>();
    const clashes = built.filter((path) => {
      const other = seen.get(path.toLowerCase());
      seen.set(path.toLowerCase(), path);
      return other !== undefined;
    });
    expect(clashes).toEqual([]);
  },
);
