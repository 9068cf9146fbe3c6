'use client';

import { useConsent } from '@rumkit/react-rum';
import { rememberMeasuring } from '../lib/measuring';

/** The visitor's way out. The agent forgets the decision with the page, so the shop writes it down. */
export function MeasuringSwitch() {
  const [consent, setConsent] = useConsent();
  const isOn = consent === 'granted';

  function decide(isAllowed: boolean): void {
    rememberMeasuring(isAllowed);
    setConsent(isAllowed ? 'granted' : 'denied');
  }

  return (
    <div className="shop-switch">
      <label>
        <input
          type="checkbox"
          checked={isOn}
          // Until the page is awake, and where the browser sends Global Privacy Control, there is nothing to decide.
          disabled={consent === undefined}
          onChange={(event) => decide(event.target.checked)}
        />
        Measure my visits
      </label>
      <output>{consent && (isOn ? 'On. Thank you.' : 'Off. Nothing is recorded, nothing is sent.')}</output>
    </div>
  );
}
