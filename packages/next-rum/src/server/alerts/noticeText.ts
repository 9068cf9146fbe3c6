import type { Notice } from './notifier.js';

/** A notice in lines, for whoever reads text: what it is, where it comes from, whom it affects, what is part of it, and where to look. */
export function noticeLines({
  title,
  words,
  also,
  url,
}: Pick<Notice, 'title' | 'words' | 'also' | 'url'>): string[] {
  const lines = [title];
  if (words !== null) {
    if (words.cause !== '') lines.push(`${words.cause}.`);
    lines.push(`${words.affected}.`);
  }
  lines.push(...also.map((sentence) => `Also: ${sentence}.`));
  if (url !== null) lines.push(url);
  return lines;
}
