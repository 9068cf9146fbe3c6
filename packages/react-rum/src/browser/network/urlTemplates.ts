import { withoutQuery } from '../withoutQuery.js';

/** Path segments that look like ids: numbers, UUIDs and other long hex, long texts with digits in them. */
const ID = /^(\d+|[\da-f-]{16,}|(?=\D*\d)[\w~-]{20,})$/i;

/**
 * Gives URLs the names they are grouped by: without query, without the page's own origin, ids replaced by `:id`.
 *
 * @param templates Of the application: the first that fits names the URL. `*` stands for one path segment.
 */
export function createUrlTemplates(templates: readonly string[]): (url: string) => string {
  const rules = templates.map((template) => template.split('/'));
  return (url) => {
    const segments = withoutQuery(url).split('/');
    const fits = (rule: readonly string[]): boolean =>
      rule.length === segments.length &&
      rule.every((part, index) => part === '*' || part === segments[index]);
    return (rules.find(fits) ?? segments.map((segment) => (ID.test(segment) ? ':id' : segment))).join('/');
  };
}
