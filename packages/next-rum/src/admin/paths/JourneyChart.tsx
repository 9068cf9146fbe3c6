import type { ReactElement } from 'react';
import { Sankey } from 'recharts';
import type { JourneyResponse } from '../../server/api.js';
import { formatCount, formatShare } from '../format.js';
import { nodeLabel } from './journeyWords.js';
import { useWidth } from './timeline/useWidth.js';

interface JourneyChartProps {
  readonly journey: JourneyResponse;
  /** Told a route that was pressed. */
  readonly onRoute: (route: string) => void;
}

const NODE = 12;
const MARGIN = { top: 8, right: 8, bottom: 8, left: 8 };
/** Per step at least, px: what is too narrow to read scrolls. */
const LEAST_STEP = 150;

/** Paths as bands, as wide as many sessions took them; time goes from left to right whichever way was asked for. */
export function JourneyChart({ journey, onRoute }: JourneyChartProps): ReactElement {
  const [box, room] = useWidth<HTMLDivElement>();
  const { nodes, links, direction, sessions } = journey;
  const layers = 1 + Math.max(...nodes.map(({ layer }) => layer));
  const width = Math.max(room, layers * LEAST_STEP);
  const isTurned = direction === 'to';
  const turn = (x: number): number => (isTurned ? width - x : x);
  const most = Math.max(
    ...Array.from({ length: layers }, (_, layer) => nodes.filter((node) => node.layer === layer).length),
  );
  return (
    <div ref={box} className="rum-journey-chart">
      <Sankey
        width={width}
        height={Math.max(320, most * 44)}
        margin={MARGIN}
        align="left"
        sort={false}
        iterations={16}
        nodeWidth={NODE}
        nodePadding={24}
        data={{
          nodes: nodes.map((node) => ({ ...node, name: nodeLabel(node, direction) })),
          links: links.map(({ source, target, sessions: value }) => ({ source, target, value })),
        }}
        link={({ sourceX, targetX, sourceY, targetY, sourceControlX, targetControlX, linkWidth, index }) => {
          const link = links[index];
          const end = link === undefined ? undefined : nodes[link.target]?.kind;
          const path = `M${turn(sourceX)},${sourceY}C${turn(sourceControlX)},${sourceY} ${turn(targetControlX)},${targetY} ${turn(targetX)},${targetY}`;
          return (
            <path
              className="rum-journey-link"
              data-kind={end}
              data-back={link !== undefined && link.back * 2 > link.sessions ? true : undefined}
              d={path}
              strokeWidth={Math.max(linkWidth, 1)}
            >
              <title>{link === undefined ? '' : linkWords(journey, link)}</title>
            </path>
          );
        }}
        node={({ x, y, width: thick, height, index }) => {
          const node = nodes[index];
          if (node === undefined) return null;
          const left = isTurned ? width - x - thick : x;
          const label = nodeLabel(node, direction);
          const isEnd = left + LEAST_STEP > width;
          const press = node.kind === 'route' ? () => onRoute(node.route) : undefined;
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the same can be done by a button in the table below
            <g className="rum-journey-node" data-kind={node.kind} onClick={press}>
              <title>{`${label}: ${formatCount(node.sessions)} sessions`}</title>
              <rect x={left} y={y} width={thick} height={Math.max(height, 2)} rx={2} />
              <text
                x={isEnd ? left - 6 : left + thick + 6}
                y={y + height / 2 - 2}
                textAnchor={isEnd ? 'end' : 'start'}
              >
                {label.length > 22 ? `${label.slice(0, 21)}…` : label}
              </text>
              <text
                className="rum-muted"
                x={isEnd ? left - 6 : left + thick + 6}
                y={y + height / 2 + 11}
                textAnchor={isEnd ? 'end' : 'start'}
              >
                {formatShare(node.sessions, sessions)}
              </text>
            </g>
          );
        }}
      />
    </div>
  );
}

function linkWords(
  { nodes, direction }: JourneyResponse,
  { source, target, sessions, back }: JourneyResponse['links'][number],
): string {
  const [a, b] = [nodes[source], nodes[target]];
  if (a === undefined || b === undefined) return '';
  const [from, to] = direction === 'from' ? [a, b] : [b, a];
  const returned = back === 0 ? '' : `, ${formatCount(back)} of them back to where they had been`;
  return `${nodeLabel(from, direction)} → ${nodeLabel(to, direction)}: ${formatCount(sessions)} sessions${returned}`;
}
