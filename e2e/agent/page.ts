/** The calls that the script tag puts on `window.rum`. */
export type Rum = Required<
  Omit<typeof import('@rumkit/react-rum/agent'), 'startRum' | 'createHistoryRoutes'>
>;
