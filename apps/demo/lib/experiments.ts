/** What the banner of the sale says, by variant of the experiment `sale_banner`. */
export const SALE_BANNERS = {
  hurry: '20 % off until the last one is gone. No code needed.',
  calm: '20 % off. There are enough for everybody.',
} as const;

type SaleBanner = keyof typeof SALE_BANNERS;

let drawn: SaleBanner | undefined;

/** Drawn once a page load, in the browser: the shop keeps nothing by which it would know a visitor again. */
export function drawSaleBanner(): SaleBanner {
  drawn ??= Math.random() < 0.5 ? 'hurry' : 'calm';
  return drawn;
}
