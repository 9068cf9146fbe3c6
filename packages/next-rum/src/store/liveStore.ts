/** Who is there now. */
export interface Presence {
  /** Views that began in each second, of seconds that have one, by time. `t` is the second's beginning, epoch ms. */
  readonly seconds: readonly { readonly t: number; readonly views: number }[];
  /** Different visitors, exactly. */
  readonly visitors: number;
  /** Views by country, most first; empty: of views that have none. */
  readonly countries: readonly { readonly value: string; readonly views: number }[];
}
