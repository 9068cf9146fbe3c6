import type { Notice } from './notifier.js';

/** A notice in lines, for whoever reads text: what it is, where it comes from, whom it affects, and where to look. */
export function noticeLines({ title, words, url }: Pick<Notice, 'title' | 'words' | 'url'>): string[] {
  const lines = [title];
  if (words !== null) {
    if (words.cause !== '') lines.push(`${words.cause}.`);
    lines.push(`${words.affected}.`);
  }
  if (url !== null) lines.push(url);
  return lines;
}
