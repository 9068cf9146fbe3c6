/** Numbers from 0 up to 1 that look random and are the same for the same seed. */
export type Random = () => number;

/** `RUM_SEED` makes the runs another time's; a failed one can be repeated by the seed that it names. */
export const SEED = Number(process.env.RUM_SEED ?? 20_261_125);

/** A Weyl sequence whose steps are mixed as in MurmurHash3's last step, which is enough to choose by. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `least` to `most`. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

export function oneOf<Choice>(random: Random, choices: readonly Choice[]): Choice {
  const chosen = choices[Math.floor(random() * choices.length)];
  if (chosen === undefined) throw new Error('There is nothing to choose from.');
  return chosen;
}
