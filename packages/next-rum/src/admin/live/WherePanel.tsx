import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { valueLabel } from '../dimensions.js';
import { formatCount } from '../format.js';
import { CountryMap } from '../map/CountryMap.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel, ScrollRegion } from '../Panel.js';
import { SkeletonRows } from '../Skeleton.js';
import { TableFiles } from '../TableFiles.js';
import type { Live } from './liveQueries.js';
import '../table.css';

/** Which countries those are in who are here. */
export function WherePanel({ query }: { readonly query: UseQueryResult<Live> }): ReactElement {
  return (
    <Panel title="Where they are" className="rum-where" aside="Views by country">
      <Answer
        query={query}
        failure="Where visitors are could not be loaded"
        empty={({ countries }) =>
          countries.some(({ value }) => value !== '') ? null : (
            <EmptyNotice title="No country is known">
              A view has a country where a proxy names it or <code>countryDatabase</code> is set.
            </EmptyNotice>
          )
        }
      >
        {(live) => (
          <>
            <CountryMap countries={live?.countries ?? []} />
            <ScrollRegion label="Views by country, as a table" busy={live === undefined}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">Country</th>
                    <th scope="col">Views</th>
                  </tr>
                </thead>
                <tbody>
                  {live === undefined ? (
                    <SkeletonRows rows={3} columns={2} />
                  ) : (
                    live.countries.map(({ value, views }) => (
                      <tr key={value}>
                        <th scope="row">
                          <bdi>{valueLabel('country', value)}</bdi>
                        </th>
                        <td>{formatCount(views)}</td>
                      </tr>
                    ))
                  )}
                </tbody>
              </table>
              <TableFiles />
            </ScrollRegion>
          </>
        )}
      </Answer>
    </Panel>
  );
}
