declare global {
  /** The calls that the script tag gives a page. */
  var rum: Required<Omit<typeof import('@rumkit/react-rum/agent'), 'startRum' | 'createHistoryRoutes'>>;
}

export type {};
