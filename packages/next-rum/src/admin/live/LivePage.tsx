import type { ReactElement } from 'react';
import { PageHead } from '../frame/PageHead.js';
import { LivePanel } from './LivePanel.js';

/** Who is here now. */
export function LivePage(): ReactElement {
  return (
    <>
      <PageHead title="Live" range={null} />
      <LivePanel />
    </>
  );
}
