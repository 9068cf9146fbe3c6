/** The calls that the script tag gives a page, for what a test evaluates there. */
export type Rum = Required<
  Omit<typeof import('@rumkit/react-rum/agent'), 'startRum' | 'createHistoryRoutes'>
>;
