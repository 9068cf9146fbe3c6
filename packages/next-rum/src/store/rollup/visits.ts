/** Who was seen in a minute. */
export interface Visits {
  /** Of the minute, as it was read. */
  readonly digest: string;
  /** Visitor → start of the latest view, epoch ms. */
  readonly last: ReadonlyMap<string, number>;
}

/** Bytes of memory, about. */
export function sizeOfVisits({ last }: Visits): number {
  return 100 + 150 * last.size;
}
