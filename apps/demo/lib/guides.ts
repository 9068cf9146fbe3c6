export interface Guide {
  readonly slug: readonly string[];
  readonly title: string;
  readonly text: readonly string[];
}

export const GUIDES: readonly Guide[] = [
  {
    slug: ['light', 'warm-or-cold'],
    title: 'Warm or cold?',
    text: [
      'Below 2,700 K a room gathers around you; above 4,000 K it wakes you up. Evenings want the first, workshops the second.',
      'Keep one temperature per room. Two colours of white side by side make both look wrong.',
    ],
  },
  {
    slug: ['light', 'three-lamps'],
    title: 'Three lamps beat one',
    text: [
      'One ceiling lamp flattens a room. Three small ones, at three heights, give it depth.',
      'Put the lowest where you sit, the highest where you walk, and the middle one where you look.',
    ],
  },
  {
    slug: ['care', 'paper'],
    title: 'Looking after paper',
    text: ['Dust with a dry brush, never a cloth. Keep it a hand away from anything that boils.'],
  },
];

export function guidePath(guide: Guide): string {
  return `/guides/${guide.slug.join('/')}`;
}
