import type { ReactElement } from 'react';
import { PageHead } from '../frame/PageHead.js';
import { HealthPanel } from './HealthPanel.js';

/** Whether the figures of the other pages can be trusted. */
export function HealthPage(): ReactElement {
  return (
    <>
      <PageHead title="Data health" range={null} />
      <HealthPanel />
    </>
  );
}
