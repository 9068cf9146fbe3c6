'use client';

import { useEffect, useState } from 'react';

const LATE_MS = 1200;

/** Comes late and pushes the page down, as banners do: this is the page with the bad layout shift. */
export function LateBanner() {
  const [isHere, setIsHere] = useState(false);

  useEffect(() => {
    const arrival = setTimeout(() => setIsHere(true), LATE_MS);
    return () => clearTimeout(arrival);
  }, []);

  return isHere ? <p className="shop-banner">20 % off until the last one is gone. No code needed.</p> : null;
}
