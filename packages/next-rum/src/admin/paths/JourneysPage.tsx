import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { DIRECTIONS, type JourneyResponse, LEAST_SHARES } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { ChartTable } from '../charts/ChartTable.js';
import { FileLinks } from '../ExportLinks.js';
import { formatCount, formatShare } from '../format.js';
import { Choice } from '../frame/Choice.js';
import { PageHead } from '../frame/PageHead.js';
import { EmptyNotice } from '../Notice.js';
import { OnDemand } from '../OnDemand.js';
import { Answer, Panel, ScrollRegion } from '../Panel.js';
import { RouteLink } from '../pages/RouteLink.js';
import { Segmented } from '../Segmented.js';
import { TableFiles } from '../TableFiles.js';
import { layerLabel, nodeLabel } from './journeyWords.js';
import { journeyQuery } from './pathQueries.js';
import { DEPTHS, type PathState } from './pathState.js';
import { RouteField } from './StepsEditor.js';
import { seenWords } from './seenWords.js';
import '../charts/charts.css';
import '../pages/PagesTable.css';
import './Paths.css';

const SHARES: { readonly [share in (typeof LEAST_SHARES)[number]]: string } = {
  '0': 'all',
  '1': '1 % or more',
  '2': '2 % or more',
  '5': '5 % or more',
  '10': '10 % or more',
};

/** What visitors do after, or before, they are somewhere. */
export function JourneysPage(): ReactElement {
  const { state, change, time } = useAddress();
  const api = useApi();
  const query = useQuery(journeyQuery(api, state, state.paths));
  const { data } = query;
  const set = (part: Partial<PathState>): void => change({ paths: { ...state.paths, ...part } });
  return (
    <>
      <PageHead title="Journeys" range={query.isError && data === undefined ? null : data?.range} />
      <Panel
        title="Paths"
        className="rum-journey"
        query={query}
        aside={
          <div className="rum-panel-choices">
            <p className="rum-muted">{data === undefined ? '' : `${formatCount(data.sessions)} sessions`}</p>
            <FileLinks hrefOf={(format) => api.journeyFile(state.question, state.paths, format)} />
          </div>
        }
      >
        <Choices key={state.paths.anchor} onChange={set} />
        <div className="rum-journey-box" aria-busy={data === undefined && !query.isError}>
          <Answer
            query={query}
            failure="The journeys could not be loaded"
            empty={({ sessions }) =>
              sessions > 0 ? null : (
                <EmptyNotice title="Nobody was there">
                  No session of this time passes the filters and has that page. Choose another page, or a
                  longer time.
                </EmptyNotice>
              )
            }
          >
            {(journey) =>
              journey === undefined ? null : (
                <OnDemand name="journey" load={() => import('./JourneyChart.js')}>
                  {({ JourneyChart }) => (
                    <JourneyChart journey={journey} onRoute={(anchor) => set({ anchor })} />
                  )}
                </OnDemand>
              )
            }
          </Answer>
        </div>
        <ChartTable
          label="Paths, as a table"
          head={['No.', 'Step', 'From', 'To', 'Sessions', 'Share', 'Went back']}
          rows={() => linkRows(data)}
        />
        <p className="rum-panel-foot rum-muted">
          {data === undefined
            ? '\u00a0'
            : `Told from ${seenWords(data.seen, time)}. A session counts once, from the first time that it was there. Amber: most of those went back to the page before; grey: the session ended.`}
        </p>
      </Panel>
      {data === undefined || data.sessions === 0 ? null : (
        <StepsPanel journey={data} onRoute={(anchor) => set({ anchor })} />
      )}
    </>
  );
}

function Choices({ onChange }: { readonly onChange: (part: Partial<PathState>) => void }): ReactElement {
  const { anchor, direction, depth, share } = useAddress().state.paths;
  const [text, setText] = useState(anchor ?? '');
  return (
    <form
      className="rum-path-choices"
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ anchor: text.trim() || null });
      }}
    >
      <Segmented
        legend="Direction"
        options={DIRECTIONS.map((value) => ({ value, label: value === 'from' ? 'On from' : 'To' }))}
        value={direction}
        onChange={(value) => onChange({ direction: value })}
      />
      <RouteField
        label="Page"
        placeholder={direction === 'from' ? 'the entry' : 'the last page'}
        value={text}
        onChange={setText}
      />
      <button type="submit" className="rum-button">
        Show
      </button>
      {anchor === null ? null : (
        <button type="button" className="rum-button" onClick={() => onChange({ anchor: null })}>
          {direction === 'from' ? 'From the entry' : 'To the last page'}
        </button>
      )}
      <Choice
        label="Steps"
        labelled
        options={DEPTHS.map((value) => ({ value: String(value), label: String(value) }))}
        value={String(depth)}
        onChange={(value) => onChange({ depth: Number(value) })}
      />
      <Choice
        label="Pages with"
        labelled
        options={LEAST_SHARES.map((value) => ({ value, label: SHARES[value] }))}
        value={share}
        onChange={(value) => onChange({ share: value })}
      />
    </form>
  );
}

function linkRows(journey: JourneyResponse | undefined): readonly (readonly string[])[] {
  if (journey === undefined) return [];
  const { nodes, links, direction, sessions } = journey;
  return links.flatMap(({ source, target, sessions: n, back }, index) => {
    const [a, b] = [nodes[source], nodes[target]];
    if (a === undefined || b === undefined) return [];
    const [from, to] = direction === 'from' ? [a, b] : [b, a];
    return [
      [
        formatCount(index + 1),
        layerLabel(b.layer, journey),
        nodeLabel(from, direction),
        nodeLabel(to, direction),
        formatCount(n),
        formatShare(n, sessions),
        formatCount(back),
      ],
    ];
  });
}

interface StepsPanelProps {
  readonly journey: JourneyResponse;
  readonly onRoute: (route: string) => void;
}

/** Where sessions were after each step; a page there can be made the one that paths are told from. */
function StepsPanel({ journey, onRoute }: StepsPanelProps): ReactElement {
  const { nodes, links, direction, sessions } = journey;
  return (
    <Panel title="Step by step" className="rum-journey-steps">
      <ScrollRegion label="Steps table">
        <table>
          <thead>
            <tr>
              {['Step', 'Page', 'Sessions', 'Share', 'Of them back', ''].map((name) => (
                <th key={name} scope="col">
                  {name || <span className="rum-sr-only">Look from there</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {nodes.map((node, place) => {
              const back = links.reduce((sum, link) => sum + (link.target === place ? link.back : 0), 0);
              return (
                <tr key={`${node.layer} ${node.kind} ${node.route}`} data-kind={node.kind}>
                  <th scope="row">{layerLabel(node.layer, journey)}</th>
                  <td>
                    {node.kind === 'route' ? <RouteLink route={node.route} /> : nodeLabel(node, direction)}
                  </td>
                  <td>{formatCount(node.sessions)}</td>
                  <td>{formatShare(node.sessions, sessions)}</td>
                  <td className="rum-muted">{back === 0 ? '' : formatCount(back)}</td>
                  <td>
                    {node.kind === 'route' ? (
                      <button type="button" className="rum-link-button" onClick={() => onRoute(node.route)}>
                        {direction === 'from' ? 'From here' : 'To here'}
                        <span className="rum-sr-only">: {node.route}</span>
                      </button>
                    ) : null}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
        <TableFiles />
      </ScrollRegion>
    </Panel>
  );
}
