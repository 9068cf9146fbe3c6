import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { BoardPanel, PanelResponse } from '../../server/api.js';
import { isVital } from '../../server/board.js';
import { useAddress } from '../address/Address.js';
import { useAskSpan } from '../address/useAskSpan.js';
import { ChartTable } from '../charts/ChartTable.js';
import { CourseNote } from '../charts/CourseNote.js';
import { courseTitle } from '../charts/course.js';
import { Histogram } from '../charts/Histogram.js';
import { dimensionLabel, valueLabel } from '../dimensions.js';
import { estimateWords } from '../estimateWords.js';
import { formatCount, formatGrowth, formatShare, intervalWords, NO_VALUE, sureWords } from '../format.js';
import { MarkerList } from '../markers/MarkerList.js';
import { EmptyNotice } from '../Notice.js';
import { OnDemand } from '../OnDemand.js';
import { ChartBox, ScrollRegion } from '../Panel.js';
import { VitalCell, VitalText } from '../Rating.js';
import { TableFiles } from '../TableFiles.js';
import { formatMetric, metricLabel, panelTitle } from './panelWords.js';
import '../table.css';

const NO_FIGURES = { p75: null, interval: null } as const;

interface PanelContentProps {
  readonly panel: BoardPanel;
  readonly query: UseQueryResult<PanelResponse>;
  /** Whether what happened is drawn over time: whoever has only a link may not ask for it. */
  readonly markers: boolean;
}

/** What a panel of a board shows. */
export function PanelContent({ panel, query, markers }: PanelContentProps): ReactElement {
  const estimate = estimateWords(query.data?.oneIn);
  return (
    <>
      <ChartBox
        className="rum-board-content"
        brush={markers && panel.chart === 'line' && panel.dimension === null}
        query={query}
        failure="The panel could not be loaded"
        empty={(answer) =>
          isEmpty(answer) ? (
            <EmptyNotice title="Nothing to show">No view of this time passes the filters.</EmptyNotice>
          ) : null
        }
      >
        {(answer) => <Drawn panel={panel} answer={answer} markers={markers} />}
      </ChartBox>
      {estimate === '' ? null : <p className="rum-panel-foot rum-muted">{estimate}</p>}
      <Foot panel={panel} answer={query.data} />
      {markers && panel.chart === 'line' ? (
        <MarkerList of={panelTitle(panel)} range={query.data?.range} charted={{ metric: panel.metric }} />
      ) : null}
    </>
  );
}

function isEmpty({ dimension, rows, metric, figures }: PanelResponse): boolean {
  if (dimension !== null) return rows.length === 0;
  return isVital(metric) && (figures?.n ?? 0) === 0;
}

interface DrawnProps extends Pick<PanelContentProps, 'panel' | 'markers'> {
  readonly answer: PanelResponse;
}

function Drawn({ panel, answer, markers }: DrawnProps): ReactElement {
  const { time } = useAddress();
  const askSpan = useAskSpan();
  const { metric, chart, dimension, figures, histogram } = answer;
  if (dimension !== null) return <Rows answer={answer} title={panelTitle(panel)} />;
  if (chart === 'line') {
    return (
      <>
        {isVital(metric) ? <CourseNote points={answer.series} bucketMs={answer.range.bucketMs} /> : null}
        <OnDemand name="panel line" load={loadLine}>
          {({ PanelLineChart, ChartMarkers }) => (
            <PanelLineChart
              answer={answer}
              name={metricLabel(metric)}
              title={(t) =>
                isVital(metric)
                  ? courseTitle(answer.series, t, answer.range.bucketMs, time)
                  : time.span(t, t + answer.range.bucketMs)
              }
              format={(value) => formatMetric(metric, value)}
              time={time}
              onBrush={markers ? askSpan : undefined}
            >
              {markers ? <ChartMarkers range={answer.range} of={{ metric }} /> : null}
            </PanelLineChart>
          )}
        </OnDemand>
      </>
    );
  }
  if (chart === 'histogram' && isVital(metric) && figures !== null) {
    return <Histogram metric={metric} bins={histogram} n={figures.n} p75={figures.p75} />;
  }
  return <Figure answer={answer} />;
}

async function loadLine() {
  const [{ PanelLineChart }, { ChartMarkers }] = await Promise.all([
    import('../charts/PanelLineChart.js'),
    import('../markers/ChartMarkers.js'),
  ]);
  return { PanelLineChart, ChartMarkers };
}

function Figure({ answer }: { readonly answer: PanelResponse }): ReactElement {
  const { metric, value, before, figures } = answer;
  return (
    <div className="rum-board-figure">
      <strong>
        {isVital(metric) ? <VitalText name={metric} p75={value} /> : formatMetric(metric, value)}
      </strong>
      <p className="rum-muted">
        {figures === null || !isVital(metric)
          ? null
          : `p75 · n = ${formatCount(figures.n)} · ${sureWords(metric, figures.interval)}`}
        {before === null
          ? null
          : ` ${formatMetric(metric, before)} before${
              isVital(metric) || value === null ? '' : `, ${formatGrowth(before, value) || NO_VALUE}`
            }`}
      </p>
    </div>
  );
}

function Rows({ answer, title }: { readonly answer: PanelResponse; readonly title: string }): ReactElement {
  const { metric, chart, rows } = answer;
  const dimension = answer.dimension ?? 'route';
  const sizeOf = ({ views, figures }: PanelResponse['rows'][number]): number =>
    isVital(metric) ? (figures?.p75 ?? 0) : views;
  const largest = Math.max(...rows.map(sizeOf), Number.MIN_VALUE);
  const all = rows.reduce((sum, { views }) => sum + views, 0);
  return (
    <ScrollRegion label={`${title}, table`} className="rum-board-rows">
      <table>
        <thead>
          <tr>
            <th scope="col">{dimensionLabel(dimension)}</th>
            <th scope="col">{isVital(metric) ? `${metricLabel(metric)} p75` : 'Views'}</th>
            {chart === 'bars' ? (
              <td aria-hidden="true" />
            ) : (
              <th scope="col">{isVital(metric) ? 'n' : 'Share of these'}</th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.value}>
              <th scope="row">
                <bdi>{valueLabel(dimension, row.value)}</bdi>
              </th>
              <td>
                {isVital(metric) ? (
                  <VitalCell name={metric} figures={row.figures ?? NO_FIGURES} />
                ) : (
                  formatCount(row.views)
                )}
              </td>
              {chart === 'bars' ? (
                <td className="rum-board-bar" aria-hidden="true">
                  {/* biome-ignore lint/a11y/noSvgWithoutTitle: the cell beside it says the same */}
                  <svg width="100%" height="10" focusable="false">
                    <rect height="10" rx="2" width={`${(sizeOf(row) / largest) * 100}%`} />
                  </svg>
                </td>
              ) : (
                <td>{isVital(metric) ? formatCount(row.figures?.n ?? 0) : formatShare(row.views, all)}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <TableFiles />
    </ScrollRegion>
  );
}

/** What is drawn, as a table, where it is none. */
function Foot({
  panel,
  answer,
}: {
  readonly panel: BoardPanel;
  readonly answer: PanelResponse | undefined;
}): ReactElement | null {
  const { time } = useAddress();
  const { metric, chart, dimension } = panel;
  if (dimension !== null || chart === 'number') return null;
  const figures = answer?.figures ?? null;
  const name = `${panelTitle(panel)}, as a table`;
  if (chart === 'line') {
    return (
      <ChartTable
        label={name}
        head={[
          `Time (${time.zoneName})`,
          metricLabel(metric),
          'n',
          ...(isVital(metric) ? ['95 % interval of p75'] : []),
        ]}
        rows={() =>
          (answer?.series ?? []).map(({ t, until, value, n, interval }) => [
            time.span(t, until),
            formatMetric(metric, value),
            formatCount(n),
            ...(isVital(metric) ? [intervalWords(metric, interval)] : []),
          ])
        }
      />
    );
  }
  return (
    <>
      {figures === null || figures.n === 0 || !isVital(metric) ? null : (
        <p className="rum-panel-foot rum-muted">
          p75 {formatMetric(metric, figures.p75)} · n = {formatCount(figures.n)} ·{' '}
          {sureWords(metric, figures.interval)}
        </p>
      )}
      <ChartTable
        label={name}
        head={['Value', 'Views']}
        rows={() =>
          (answer?.histogram ?? [])
            .filter(({ n }) => n > 0)
            .map(({ low, high, n }) => [
              `${formatMetric(metric, low)} – ${formatMetric(metric, high)}`,
              formatCount(n),
            ])
        }
      />
    </>
  );
}
