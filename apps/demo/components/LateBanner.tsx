'use client';

import { Track, useRum } from '@rumkit/react-rum';
import { useEffect, useState } from 'react';
import { drawSaleBanner, SALE_BANNERS } from '../lib/experiments';

const LATE_MS = 1200;

/** Comes late and pushes the page down, as banners do: this is the page with the bad layout shift. */
export function LateBanner() {
  const { trackFlag } = useRum();
  const [text, setText] = useState<string | null>(null);

  useEffect(() => {
    const arrival = setTimeout(() => {
      const variant = drawSaleBanner();
      trackFlag('sale_banner', variant);
      setText(SALE_BANNERS[variant]);
    }, LATE_MS);
    return () => clearTimeout(arrival);
  }, [trackFlag]);

  if (text === null) {
    return null;
  }
  return (
    <Track name="sale_banner" visible>
      <p className="shop-banner">{text}</p>
    </Track>
  );
}
