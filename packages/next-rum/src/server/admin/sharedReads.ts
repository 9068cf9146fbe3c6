/**
 * Gives those who ask the same of one source within `ms` one answer, so that many viewers cost no more than one. A failure is
 * theirs together too, but the next who asks tries again.
 *
 * @param ms Age at which an answer is too old.
 */
export function sharedReads<Source extends object, T>(
  ms: number,
): (source: Source, key: string, read: () => Promise<T>) => Promise<T> {
  const known = new WeakMap<Source, Map<string, { readonly at: number; readonly answer: Promise<T> }>>();
  return (source, key, read) => {
    const now = performance.now();
    const answers = known.get(source) ?? new Map();
    known.set(source, answers);
    for (const [name, { at }] of answers) if (now - at >= ms) answers.delete(name);
    const recent = answers.get(key);
    if (recent !== undefined) return recent.answer;
    const answer = read();
    answers.set(key, { at: now, answer });
    answer.catch(() => {
      // Whoever asked is told.
      if (answers.get(key)?.answer === answer) answers.delete(key);
    });
    return answer;
  };
}
