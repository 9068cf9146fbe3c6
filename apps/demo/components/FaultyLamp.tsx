'use client';

import { useState } from 'react';
import { LampArt } from './LampArt';
import { LampBoundary } from './LampBoundary';

const BUSY_MS = 400;

/** A lamp with everything wrong with it: each button does one thing that the agent notices. */
export function FaultyLamp() {
  const [isApart, setIsApart] = useState(false);
  const [photons, setPhotons] = useState(0);

  return (
    <div className="shop-faulty">
      <ul>
        <li>
          <button
            type="button"
            data-rum-action="flip the switch"
            onClick={() => {
              throw new TypeError('The switch came off in my hand');
            }}
          >
            Flip the switch
          </button>
          <span>throws an error that nobody catches.</span>
        </li>
        <li>
          <button
            type="button"
            data-rum-action="ask the bulb"
            onClick={() => {
              const cause = new Error('The socket is empty');
              void Promise.reject(new Error('The bulb never answered', { cause }));
            }}
          >
            Ask the bulb
          </button>
          <span>rejects a promise, and says why.</span>
        </li>
        <li>
          <button type="button" data-rum-action="take it apart" onClick={() => setIsApart(true)}>
            Take it apart
          </button>
          <span>throws while React renders the lamp.</span>
        </li>
        <li>
          <button type="button" data-rum-action="pull the chain">
            Pull the chain
          </button>
          <span>does nothing. Wait for it, or lose your patience.</span>
        </li>
        <li>
          <button
            type="button"
            data-rum-action="count photons"
            onClick={() => setPhotons(countPhotons(BUSY_MS))}
          >
            Count photons
          </button>
          <span>
            keeps the page busy for {BUSY_MS} ms{photons > 0 && `: ${photons.toLocaleString('en')}`}.
          </span>
        </li>
      </ul>
      <LampBoundary onReset={() => setIsApart(false)}>
        <FragileLamp isApart={isApart} />
      </LampBoundary>
    </div>
  );
}

function FragileLamp({ isApart }: { readonly isApart: boolean }) {
  if (isApart) {
    throw new Error('The lamp fell apart');
  }
  return <LampArt product={{ name: 'Faulty', shape: 'lantern', hue: 205 }} />;
}

/** One at a time, which nothing else can interrupt. */
function countPhotons(ms: number): number {
  const end = performance.now() + ms;
  let photons = 0;
  while (performance.now() < end) {
    photons += 1;
  }
  return photons;
}
