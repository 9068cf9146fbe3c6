/** What the live page tells of besides views: what visitors do, and what goes wrong for them. */
export const LIVE_EVENTS = ['action', 'error', 'custom'] as const;
