import type { MarkersResponse, ResolvedRange } from '../../server/api.js';
import type { TimeFormat } from '../timeFormat.js';

/** Something that happened at a moment. */
export interface Marker {
  readonly key: string;
  readonly kind: 'release' | 'note';
  /** Epoch ms. */
  readonly at: number;
  /** On the chart and in the list, from 1 by time. */
  readonly number: number;
  /** The release, or what was noted. */
  readonly text: string;
  /** When, in words: of a release not more exactly than it is known. */
  readonly when: string;
  /** Of a note. */
  readonly noteId: string | null;
}

/** What happened in the time of a chart, oldest first. */
export function markersOf(
  markers: MarkersResponse | undefined,
  range: ResolvedRange,
  time: TimeFormat,
): readonly Marker[] {
  if (markers === undefined) return [];
  const within = ({ at }: { readonly at: number }): boolean => at >= range.from && at < range.to;
  const releases = markers.releases.filter(within).map(({ release, at }) => ({
    key: `release ${release}`,
    kind: 'release' as const,
    at,
    text: release,
    when: time.span(at, at + markers.range.bucketMs),
    noteId: null,
  }));
  const notes = markers.notes.filter(within).map(({ id, at, text }) => ({
    key: `note ${id}`,
    kind: 'note' as const,
    at,
    text,
    when: time.moment(at),
    noteId: id,
  }));
  return [...releases, ...notes]
    .sort((a, b) => a.at - b.at)
    .map((marker, index) => ({ ...marker, number: index + 1 }));
}
