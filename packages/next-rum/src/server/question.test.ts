import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NAMED_DIMENSIONS, propertyDimension } from '../store/filters.js';
import {
  AUDIENCES,
  COMPARISONS,
  DEFAULT_QUESTION,
  type Filter,
  InvalidParameter,
  MAX_FILTER_VALUES,
  type Question,
  RANGES,
  readQuestion,
  writeQuestion,
} from './question.js';

const read = (search: string): Question => readQuestion(new URLSearchParams(search));

describe('a question', () => {
  it('is the default where nothing is said', () => {
    expect(read('')).toEqual(DEFAULT_QUESTION);
    expect(read('theme=dark')).toEqual(DEFAULT_QUESTION);
  });

  it('takes values of one dimension together, those left out apart from those kept', () => {
    expect(
      read('filter=country:DE&filter=!country:FR&filter=country:AT&filter=country:DE&filter=route:/a:b')
        .filters,
    ).toEqual([
      { dimension: 'country', keep: true, values: ['DE', 'AT'] },
      { dimension: 'country', keep: false, values: ['FR'] },
      { dimension: 'route', keep: true, values: ['/a:b'] },
    ]);
  });

  it('takes a property by its name, whatever it is called', () => {
    const name = 'a:b.c%3A%25 🙂"';
    const parameters = new URLSearchParams();
    const filters = [{ dimension: propertyDimension(name), keep: true, values: ['x:y'] }];
    writeQuestion({ ...DEFAULT_QUESTION, filters }, parameters);
    expect(parameters.get('filter')).toBe('property.a%3Ab.c%253A%2525 🙂":x:y');
    expect(readQuestion(parameters).filters).toEqual(filters);
  });

  it('knows views that have no value', () => {
    expect(read('filter=!country:').filters).toEqual([{ dimension: 'country', keep: false, values: [''] }]);
  });

  it.each([
    ['range=2d', 'range'],
    ['range=', 'range'],
    ['compare=yesterday', 'compare'],
    ['audience=people', 'audience'],
    ['from=1764000000000', 'to'],
    ['to=1764000000000', 'from'],
    ['from=yesterday&to=1764000000000', 'from'],
    ['from=-5&to=1764000000000', 'from'],
    ['from=1e3&to=1764000000000', 'from'],
    ['from=1764000000000&to=9999999999999999', 'to'],
    ['from=1764000000000&to=1764000000000', 'to'],
    ['from=1764000000000&to=1763000000000', 'to'],
    ['from=1664000000000&to=1764000000000', 'from'],
    ['range=7d&from=1763000000000&to=1764000000000', 'range'],
    ['filter=planet:Mars', 'filter'],
    ['filter=country', 'filter'],
    ['filter=:DE', 'filter'],
    ['filter=__proto__:DE', 'filter'],
    ['filter=utm_id:x', 'filter'],
    ['filter=property.:x', 'filter'],
    [`filter=property.${'x'.repeat(513)}:x`, 'filter'],
    [`filter=route:${'x'.repeat(513)}`, 'filter'],
    [
      Array.from({ length: MAX_FILTER_VALUES + 1 }, (_, index) => `filter=route:${index}`).join('&'),
      'filter',
    ],
  ])('refuses %s by the name of its parameter', (search, parameter) => {
    expect(() => read(search)).toThrow(InvalidParameter);
    expect(() => read(search)).toThrow(expect.objectContaining({ parameter }));
  });

  it('is read as it was written, beside what others put there', () => {
    const filters = fc
      .uniqueArray(
        fc.record({
          dimension: fc.oneof(
            fc.constantFrom(...NAMED_DIMENSIONS),
            fc
              .oneof(
                fc.string({ unit: 'grapheme', minLength: 1 }),
                fc.constantFrom('%', ':', '%3A', '%253A', '.'),
              )
              .map(propertyDimension),
          ),
          keep: fc.boolean(),
          values: fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 20 }), {
            minLength: 1,
            maxLength: 3,
          }),
        }),
        { selector: ({ dimension, keep }: Filter) => `${keep} ${dimension}`, maxLength: 8 },
      )
      .map((list): readonly Filter[] => list);
    const span = fc
      .record({ from: fc.integer({ min: 0, max: 2e12 }), length: fc.integer({ min: 60_000, max: 3e10 }) })
      .map(({ from, length }) => ({ from, to: from + length }));
    const questions = fc.record({
      range: fc.oneof(fc.constantFrom(...RANGES), span),
      compare: fc.constantFrom(...COMPARISONS),
      audience: fc.constantFrom(...AUDIENCES),
      filters,
    });
    fc.assert(
      fc.property(questions, (question) => {
        const parameters = new URLSearchParams('theme=dark&range=1h&filter=route:/old');
        writeQuestion(question, parameters);
        expect(parameters.get('theme')).toBe('dark');
        expect(readQuestion(new URLSearchParams(parameters.toString()))).toEqual(question);
      }),
    );
  });
});
