import type { ReactElement } from 'react';
import { VITAL_THRESHOLDS } from '../../analysis/rating.js';
import type { FunnelResponse, FunnelVital } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { formatCount, formatThreshold, NO_VALUE } from '../format.js';
import { ScrollRegion } from '../Panel.js';
import { IntervalText, VitalText } from '../Rating.js';
import { Segmented } from '../Segmented.js';
import { TableFiles } from '../TableFiles.js';
import { VITALS } from '../vitals.js';
import { formatPoints, ShareText } from './shares.js';
import '../table.css';

interface FunnelVitalsProps {
  readonly funnel: FunnelResponse;
  readonly stale: boolean;
}

/** Beside the loss at each step how fast its page was, and whether those who waited went on as often as the others. */
export function FunnelVitals({ funnel, stale }: FunnelVitalsProps): ReactElement {
  const { state, change } = useAddress();
  const { metric } = state;
  const short = VITALS.find(({ name }) => name === metric)?.short ?? '';
  return (
    <section className="rum-panel rum-funnel-vitals" aria-label="Speed and going on" data-stale={stale}>
      <header className="rum-panel-head">
        <h2>Speed and going on</h2>
        <Segmented
          legend="Vital"
          options={VITALS.map((vital) => ({ value: vital.name, label: vital.short }))}
          value={metric}
          onChange={(chosen) => change({ metric: chosen })}
        />
      </header>
      <ScrollRegion label="Speed and going on, as a table">
        <table>
          <thead>
            <tr>
              <th scope="col">At step</th>
              <th scope="col">{short} p75</th>
              <th scope="col">Of the fast went on</th>
              <th scope="col">Of the slow went on</th>
              <th scope="col">Slow against fast</th>
            </tr>
          </thead>
          <tbody>
            {funnel.steps.slice(0, -1).map(({ name, vitals }, place) => {
              const vital = vitals[metric];
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same step may come twice
                <tr key={place}>
                  <th scope="row">
                    <bdi title={name}>
                      {place + 1}. {name}
                    </bdi>
                  </th>
                  <td>
                    {vital === null ? (
                      <VitalText name={metric} p75={null} />
                    ) : (
                      <span className="rum-cell">
                        <VitalText name={metric} p75={vital.p75} />
                        <IntervalText name={metric} interval={vital.interval} />
                        <small>n = {formatCount(vital.n)}</small>
                      </span>
                    )}
                  </td>
                  <td>
                    <ShareText figure={vital?.fast ?? null} withCount />
                  </td>
                  <td>
                    <ShareText figure={vital?.slow ?? null} withCount />
                  </td>
                  <td>{vital === null ? NO_VALUE : <Difference vital={vital} />}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
        <TableFiles />
      </ScrollRegion>
      <p className="rum-panel-foot rum-muted">
        Slow means that {short} was above {formatThreshold(metric, VITAL_THRESHOLDS[metric].good)} in the view
        in which the step was taken. This is an association: what makes a page slow for somebody, such as an
        old phone, may itself be why they leave.
      </p>
    </section>
  );
}

function Difference({ vital }: { readonly vital: FunnelVital }): ReactElement {
  const { difference } = vital;
  if (difference === null) return <span className="rum-muted">no slow and fast ones to compare</span>;
  const { value, interval } = difference;
  const [low, high] = interval;
  const isSure = low > 0 || high < 0;
  return (
    <span className="rum-cell">
      <span data-sure={isSure || undefined} className="rum-difference">
        {value < 0
          ? `Slow ones went on ${formatPoints(value).replace('−', '')} less`
          : value > 0
            ? `Slow ones went on ${formatPoints(value).replace('+', '')} more`
            : 'No difference'}
      </span>
      <small>
        95 % interval {formatPoints(low)} to {formatPoints(high)}
        {isSure ? '' : ': may be chance'}
      </small>
    </span>
  );
}
