import { createWallClock } from '../../../packages/next-rum/src/analysis/anomaly/wallClock.js';
import type { Where } from '../../../packages/next-rum/src/analysis/detectors/segment.js';
import { type SitePlan, shareOf } from './sitePlan.js';
import type { Country } from './siteShape.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Hours of the day in which a site with quiet nights is busy. */
const [OPENS, CLOSES] = [8, 22];

/** How busy it is, 1 on average: evenings, fewer at night, weekends of their own. */
export function crowdAt(
  wall: number,
  { ahead }: Country,
  { weekend, night }: Pick<SitePlan, 'weekend' | 'night'>,
): number {
  const there = night === null ? wall + ahead * HOUR : wall;
  const hour = (((there / HOUR) % 24) + 24) % 24;
  const day = (((Math.floor(there / DAY) + 4) % 7) + 7) % 7;
  const byHour =
    1 + 0.65 * Math.sin(((hour - 11) / 24) * 2 * Math.PI) + 0.25 * Math.sin(((hour - 3) / 12) * 2 * Math.PI);
  const isNight = night !== null && (hour < OPENS || hour >= CLOSES);
  return (
    ((isNight ? night : Math.max(0.1, byHour)) * (day === 0 || day === 6 ? weekend : 1)) /
    ((5 + 2 * weekend) / 7)
  );
}

export function campaignFactor({ campaign }: SitePlan, country: Country, t: number): number {
  return campaign && campaign.country === country.name && t >= campaign.from && t < campaign.to ? 3 : 1;
}

/** How many views are to be expected of those that are meant, from one time to another, ms. */
export function expectedViews(plan: SitePlan, where: Where, from: number, to: number): number {
  const wall = createWallClock(plan.timeZone)((from + to) / 2);
  let views = 0;
  const { country: only } = where;
  for (const country of plan.shape.countries)
    if ((only ?? country.name) === country.name)
      views += shareOf(plan.shape, { ...where, country: country.name }) * crowdAt(wall, country, plan);
  return (views * plan.viewsAnHour * (to - from)) / HOUR;
}
