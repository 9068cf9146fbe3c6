import { incidentName } from '../../analysis/insights/incidentWords.js';
import type { Insight, MarkersResponse, ResolvedRange } from '../../server/api.js';
import type { TimeFormat } from '../timeFormat.js';

/** Something that happened at a moment. */
export interface Marker {
  readonly key: string;
  readonly kind: 'release' | 'note' | 'incident';
  /** Epoch ms. */
  readonly at: number;
  /** Of an incident when it was over, or the end of what is known of it while it is not; epoch ms. */
  readonly until: number | null;
  /** On the chart and in the list, from 1 by time. */
  readonly number: number;
  /** The release, what was noted, or what was unusual. */
  readonly text: string;
  /** When, in words: of a release not more exactly than it is known. */
  readonly when: string;
  /** Of a note. */
  readonly noteId: string | null;
  /** Of an incident. */
  readonly incidentId: string | null;
}

const NONE = { until: null, noteId: null, incidentId: null } as const;

/**
 * What happened in the time of a chart, oldest first.
 *
 * @param incidents Of what the chart shows.
 */
export function markersOf(
  markers: MarkersResponse | undefined,
  range: ResolvedRange,
  time: TimeFormat,
  incidents: readonly Insight[] = [],
): readonly Marker[] {
  if (markers === undefined) return [];
  const within = ({ at }: { readonly at: number }): boolean => at >= range.from && at < range.to;
  const releases = markers.releases.filter(within).map(({ release, at }) => ({
    key: `release ${release}`,
    kind: 'release' as const,
    at,
    text: release,
    when: time.span(at, at + markers.range.bucketMs),
    ...NONE,
  }));
  const notes = markers.notes.filter(within).map(({ id, at, text }) => ({
    key: `note ${id}`,
    kind: 'note' as const,
    at,
    text,
    when: time.moment(at),
    ...NONE,
    noteId: id,
  }));
  const bands = incidents
    .filter(({ began, ended }) => began < range.to && (ended ?? range.to) > range.from)
    .map((incident) => ({
      key: `incident ${incident.id}`,
      kind: 'incident' as const,
      at: incident.began,
      text: incidentName(incident),
      when:
        incident.ended === null
          ? `since ${time.moment(incident.began)}`
          : time.span(incident.began, incident.ended),
      until: incident.ended ?? range.to,
      noteId: null,
      incidentId: incident.id,
    }));
  return [...releases, ...notes, ...bands]
    .sort((a, b) => a.at - b.at)
    .map((marker, index) => ({ ...marker, number: index + 1 }));
}
