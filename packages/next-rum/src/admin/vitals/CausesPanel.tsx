import type { VitalName } from '@rumkit/react-rum/protocol';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { CausesResponse } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { formatCount, formatShare, formatViews, formatVital } from '../format.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel, ScrollRegion } from '../Panel.js';
import { causesQuery } from '../queries.js';
import { IntervalText, VitalCell } from '../Rating.js';
import { Skeleton } from '../Skeleton.js';
import { TableFiles } from '../TableFiles.js';
import { causeWords } from './causeWords.js';
import '../table.css';

/** Why the vital is as it is: what its value is made of, and what browsers named as the reason. */
export function CausesPanel({ metric }: { readonly metric: VitalName }): ReactElement {
  const { state, time } = useAddress();
  const query = useQuery(causesQuery(useApi(), state, metric));
  const { data } = query;
  return (
    <Panel
      title="Why"
      className="rum-causes"
      query={query}
      aside={
        data === undefined || data.n === 0 ? '' : `${formatViews(data.n)} since ${time.moment(data.since)}`
      }
    >
      <Answer
        query={query}
        failure="The causes could not be loaded"
        empty={({ n }) =>
          n > 0 ? null : (
            <EmptyNotice title="No browser told why">
              Causes come from views of the last days, as long as their raw rows are kept. Choose a later
              range or fewer filters.
            </EmptyNotice>
          )
        }
      >
        {(causes) =>
          causes === undefined ? (
            <div className="rum-causes-body" aria-busy="true">
              <Skeleton size="l" />
            </div>
          ) : (
            <div className="rum-causes-body">
              {causes.parts.length === 0 ? null : <Parts causes={causes} />}
              {kindsOf(causes).map((kind) => (
                <Causes key={kind} kind={kind} causes={causes} />
              ))}
            </div>
          )
        }
      </Answer>
    </Panel>
  );
}

function Parts({ causes }: { readonly causes: CausesResponse }): ReactElement {
  const { parts, metric } = causes;
  const whole = parts.reduce((sum, { mean }) => sum + mean, 0);
  let start = 0;
  return (
    <section className="rum-parts" aria-label="Parts">
      <h3>What it is made of, on average</h3>
      {/* An SVG, because the width of a styled box would need a style attribute, which a strict CSP refuses. */}
      <svg className="rum-parts-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        {parts.map(({ name, mean }, index) => {
          const x = start;
          const width = whole === 0 ? 0 : (mean / whole) * 100;
          start += width;
          return <rect key={name} data-part={index} x={x} width={Math.max(width - 0.4, 0)} height="10" />;
        })}
      </svg>
      <div className="rum-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">Mean</th>
              <th scope="col">Share</th>
              <th scope="col">p75</th>
            </tr>
          </thead>
          <tbody>
            {parts.map(({ name, mean, n, p75, interval }, index) => (
              <tr key={name}>
                <th scope="row">
                  <svg className="rum-part-mark" viewBox="0 0 10 10" aria-hidden="true">
                    <rect data-part={index} width="10" height="10" rx="3" />
                  </svg>
                  {causeWords(name)}
                </th>
                <td>{formatVital(metric, mean)}</td>
                <td>{formatShare(mean, whole)}</td>
                <td title={`n = ${formatCount(n)}`}>
                  <span className="rum-cell">
                    <span>{formatVital(metric, p75)}</span>
                    <IntervalText name={metric} interval={interval} />
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <TableFiles />
      </div>
    </section>
  );
}

function kindsOf({ causes }: CausesResponse): readonly string[] {
  return [...new Set(causes.map(({ kind }) => kind))];
}

function Causes({ kind, causes }: { readonly kind: string; readonly causes: CausesResponse }): ReactElement {
  const { metric, n } = causes;
  const title = causeWords(kind);
  return (
    <section aria-label={title}>
      <ScrollRegion className="rum-cause-list" label={`${title} as a table`}>
        <table>
          <thead>
            <tr>
              <th scope="col">{title}</th>
              <th scope="col">Views</th>
              <th scope="col">Share</th>
              <th scope="col">p75 there</th>
            </tr>
          </thead>
          <tbody>
            {causes.causes
              .filter((cause) => cause.kind === kind)
              .map(({ value, views, p75, interval }) => (
                <tr key={value}>
                  <th scope="row">
                    <bdi className="rum-cause" title={value}>
                      {value}
                    </bdi>
                  </th>
                  <td>{formatCount(views)}</td>
                  <td className="rum-muted">{formatShare(views, n)}</td>
                  <td>
                    <VitalCell name={metric} figures={{ p75, interval }} />
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
        <TableFiles />
      </ScrollRegion>
    </section>
  );
}
