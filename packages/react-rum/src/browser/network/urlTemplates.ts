import { withoutQuery } from '../withoutQuery.js';

/** Path segments that look like ids: numbers, UUIDs and other long hex, long texts with digits in them. */
const ID = /\/(\d+|[\da-f-]{16,}|(?=[^/\d]*\d)[\w~-]{20,})(?=\/|$)/gi;

/**
 * Gives URLs the names they are grouped by: without query, without the page's own origin, ids replaced by `:id`.
 *
 * @param templates Of the application: the first that fits names the URL. `*` stands for one path segment.
 */
export function createUrlTemplates(templates: readonly string[]): (url: string) => string {
  return (url) => {
    const bare = withoutQuery(url);
    const segments = bare.split('/');
    const found = templates.find((template) => {
      const rule = template.split('/');
      return (
        rule.length === segments.length &&
        rule.every((part, index) => part === '*' || part === segments[index])
      );
    });
    return found ?? bare.replace(ID, '/:id');
  };
}
