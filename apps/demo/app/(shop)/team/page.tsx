import { RumFunnel, RumOverview, RumVitals } from '@rumkit/next-rum/embed';
import type { Metadata } from 'next';
import { rum } from '../../../lib/rum';

export const metadata: Metadata = { title: 'How the shop is doing', robots: { index: false } };

const ADMIN = '/admin/rum';

/** What the team looks at over coffee: parts of the admin, for whoever is signed in there. */
export default function TeamPage() {
  return (
    <article className="shop-team">
      <h1>How the shop is doing</h1>
      <RumOverview rum={rum} adminPath={ADMIN} compare="previous" />
      <RumVitals rum={rum} adminPath={ADMIN} route="/product/[id]" title="Vitals of a lamp's page" />
      <RumFunnel
        rum={rum}
        adminPath={ADMIN}
        title="From lamp to order"
        steps={[
          { kind: 'view', name: '/product/[id]' },
          { kind: 'custom', name: 'add_to_cart' },
          { kind: 'view', name: '/checkout' },
          { kind: 'custom', name: 'purchase' },
        ]}
      />
    </article>
  );
}
