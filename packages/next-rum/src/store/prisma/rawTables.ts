/** The raw tables, and when what they hold happened. */
export const RAW_TABLES = {
  views: { name: 'rum_view', time: 'started_at' },
  events: { name: 'rum_event', time: 'occurred_at' },
} as const;

export type RawKind = keyof typeof RAW_TABLES;
export const RAW_KINDS: readonly RawKind[] = ['views', 'events'];
