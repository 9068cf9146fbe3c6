/** A visit, or what the page knows of it. */
export interface Session {
  id: string;
  /** 1: drawn by the sample rate. 0: not drawn; what is recorded waits and is forgotten. 2: not drawn, but kept. */
  sampled: 0 | 1 | 2;
  /** Another app than the page's that it belongs to. */
  readonly app?: string;
}
