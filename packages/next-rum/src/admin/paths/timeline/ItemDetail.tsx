import { type ReactElement, type ReactNode, useMemo } from 'react';
import { fingerprintOf } from '../../../analysis/errors/fingerprintOf.js';
import { rateVital } from '../../../analysis/rating.js';
import { useAddress } from '../../address/Address.js';
import { Link } from '../../address/Link.js';
import { formatShare, formatVital, NO_VALUE } from '../../format.js';
import { RouteLink } from '../../pages/RouteLink.js';
import { RatingMark } from '../../Rating.js';
import { VITALS } from '../../vitals.js';
import { formatSpan } from '../seenWords.js';
import { formatOffset, LANES, type TimelineItem } from './timelineItems.js';

interface ItemDetailProps {
  readonly item: TimelineItem;
  /** ms since the session began. */
  readonly onShowView: (from: number, to: number) => void;
}

/** All that is known of one thing that happened. */
export function ItemDetail({ item, onShowView }: ItemDetailProps): ReactElement {
  const { time } = useAddress();
  const { event, view, lane } = item;
  const kind = event?.type ?? lane;
  return (
    <>
      <header>
        <h3>
          <span className="rum-muted">
            {LANES.find(({ name }) => name === lane)?.label} · {kind}
          </span>
          <bdi>{item.label.slice(0, 2000)}</bdi>
        </h3>
        <span className="rum-timeline-links">
          {event?.type === 'error' ? <ErrorGroupLink item={item} /> : null}
          {lane === 'view' ? (
            <button type="button" className="rum-link-button" onClick={() => onShowView(item.from, item.to)}>
              Zoom to this view
            </button>
          ) : null}
        </span>
      </header>
      <dl className="rum-facts">
        <Fact name="When">
          {formatOffset(Math.round(item.from))} after the beginning
          {event === null ? '' : `, ${time.moment(event.at)}`}
        </Fact>
        {item.to > item.from ? <Fact name="Took">{formatSpan(Math.round(item.to - item.from))}</Fact> : null}
        {view === undefined ? null : (
          <Fact name="Page">
            <RouteLink route={view.route} />
          </Fact>
        )}
        {event === null ? <ViewFacts item={item} /> : <EventFacts data={event.data} />}
      </dl>
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function ErrorGroupLink({ item }: { readonly item: TimelineItem }): ReactElement {
  const fingerprint = useMemo(() => {
    const { name = '', data = {} } = item.event ?? {};
    const text = (field: string): string | undefined => {
      const value: unknown = Reflect.get(data, field);
      return typeof value === 'string' ? value : undefined;
    };
    return fingerprintOf({
      name,
      message: text('message') ?? '',
      stack: text('stack'),
      digest: text('digest'),
    });
  }, [item]);
  return (
    <Link to={{ name: 'error', fingerprint }} className="rum-link-button">
      All errors like this
    </Link>
  );
}

function ViewFacts({ item }: Pick<ItemDetailProps, 'item'>): ReactElement | null {
  const { view } = item;
  if (view === undefined) return null;
  const took = (ms: number | null): string => (ms === null ? NO_VALUE : formatSpan(ms));
  return (
    <>
      <Fact name="Path">
        <bdi>{view.path}</bdi>
      </Fact>
      <Fact name="Came by">{view.navigationType}</Fact>
      {view.referrer === null ? null : (
        <Fact name="Referrer">
          <bdi>{view.referrer}</bdi>
        </Fact>
      )}
      {VITALS.map(({ name, short }) => {
        const value = view.vitals[name];
        return value === null ? null : (
          <Fact key={name} name={short}>
            <RatingMark rating={rateVital(name, value)} compact /> {formatVital(name, value)}
          </Fact>
        );
      })}
      <Fact name="Looked at">{took(view.visibleDuration)}</Fact>
      <Fact name="Settled after">{took(view.loadingTime)}</Fact>
      <Fact name="Could not answer">{took(view.blockedTime)}</Fact>
      <Fact name="Seen down to">
        {view.scrollDepth === null ? NO_VALUE : formatShare(view.scrollDepth, 1)}
      </Fact>
    </>
  );
}

function EventFacts({ data }: { readonly data: { readonly [field: string]: unknown } }): ReactElement {
  return (
    <>
      {factsOf(data).map(([name, value]) => (
        <Fact key={name} name={name}>
          <bdi className="rum-fact-text">{value}</bdi>
        </Fact>
      ))}
    </>
  );
}

/** Fields and their values, those of objects by their paths. */
function factsOf(data: object, path = ''): readonly (readonly [name: string, value: string])[] {
  return Object.entries(data).flatMap(([field, value]: [string, unknown]) => {
    const name = path === '' ? field : `${path}.${field}`;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return factsOf(value, name);
    return [[name, typeof value === 'string' ? value : JSON.stringify(value)] as const];
  });
}
