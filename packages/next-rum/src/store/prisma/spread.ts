/** Its multiples are spread evenly within 1, however many are taken. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** A place in a row as a number from 0 to 1; those of any few places in a row are spread. */
export function fractionOf(place: number): number {
  return (place * GOLDEN) % 1;
}

/** In an order in which the first few are spread over the row as well as all of them. */
export function spread<T>(row: readonly T[]): readonly T[] {
  return row
    .map((item, place) => ({ item, fraction: fractionOf(place) }))
    .sort((a, b) => a.fraction - b.fraction)
    .map(({ item }) => item);
}
