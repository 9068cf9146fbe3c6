import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { dimensionLabel, valueLabel } from '../dimensions.js';
import { ExportLinks } from '../ExportLinks.js';
import { addValue } from '../filters.js';
import { formatCount, formatShare } from '../format.js';
import { CountryMap } from '../map/CountryMap.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel } from '../Panel.js';
import { breakdownQuery } from '../queries.js';
import { VitalCell } from '../Rating.js';
import { SkeletonRows } from '../Skeleton.js';
import '../table.css';

const SHOWN = 8;

/** Where views come from and how fast they are there. */
export function CountriesPanel(): ReactElement {
  const { state, ask } = useAddress();
  const query = useQuery(breakdownQuery(useApi(), state, 'country'));
  const views = query.data?.rows.reduce((sum, row) => sum + row.views, 0) ?? 0;
  return (
    <Panel
      title="Countries"
      className="rum-ranking"
      aside={
        <div className="rum-panel-choices">
          <p className="rum-muted">Views · LCP p75</p>
          <ExportLinks dimension="country" />
        </div>
      }
      query={query}
    >
      <Answer
        query={query}
        failure="The countries could not be loaded"
        empty={(data) =>
          data.rows.length > 0 ? null : (
            <EmptyNotice title="No countries yet">
              A view has a country where a proxy names it or <code>countryDatabase</code> is set.
            </EmptyNotice>
          )
        }
      >
        {(data) => (
          <>
            <CountryMap countries={data?.rows ?? []} />
            <div className="rum-scroll">
              <table>
                <thead className="rum-sr-only">
                  <tr>
                    <th scope="col">Country</th>
                    <th scope="col">Views</th>
                    <th scope="col" className="rum-share">
                      Share
                    </th>
                    <th scope="col">LCP p75</th>
                  </tr>
                </thead>
                <tbody>
                  {data === undefined ? (
                    <SkeletonRows rows={SHOWN} columns={4} />
                  ) : (
                    data.rows.slice(0, SHOWN).map((row) => (
                      <tr key={row.value}>
                        <th scope="row">
                          <button
                            type="button"
                            className="rum-row-button"
                            title={`Show only ${dimensionLabel('country')} ${valueLabel('country', row.value)}`}
                            onClick={() =>
                              ask({ filters: addValue(state.question.filters, 'country', true, row.value) })
                            }
                          >
                            <bdi>{valueLabel('country', row.value)}</bdi>
                          </button>
                        </th>
                        <td>{formatCount(row.views)}</td>
                        <td className="rum-muted rum-share">{formatShare(row.views, views)}</td>
                        <td>
                          <VitalCell name="lcp" figures={row.vitals.lcp} />
                        </td>
                      </tr>
                    ))
                  )}
                </tbody>
              </table>
            </div>
          </>
        )}
      </Answer>
    </Panel>
  );
}
