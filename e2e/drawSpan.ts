import type { Locator } from '@playwright/test';

/** Draws a span over a chart with the mouse, from a third of it to two thirds. @param panel What the chart is in. */
export async function drawSpan(panel: Locator): Promise<void> {
  const page = panel.page();
  const chart = panel.locator('.recharts-surface').first();
  await chart.scrollIntoViewIfNeeded();
  const box = await chart.boundingBox();
  if (box === null) throw new Error('There is no chart.');
  await page.mouse.move(box.x + box.width * 0.35, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.65, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
}
