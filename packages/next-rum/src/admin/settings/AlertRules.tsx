import type { ReactElement } from 'react';
import type { AlertRuleState, AlertsResponse } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { formatCount } from '../format.js';
import { ScrollRegion } from '../Panel.js';
import { QuietForm } from '../QuietForm.js';
import { RatingIcon } from '../Rating.js';
import { SkeletonRows } from '../Skeleton.js';
import { useChange } from '../saved/savedQueries.js';
import { TableFiles } from '../TableFiles.js';

/** By which rules somebody is told, how each stands, and a way to mute it. */
export function AlertRules({ data }: { readonly data: AlertsResponse | undefined }): ReactElement | null {
  const { time } = useAddress();
  if (data?.rules.length === 0) return null;
  return (
    <>
      <ScrollRegion label="Rules, table">
        <table>
          <thead>
            <tr>
              <th scope="col">Rule</th>
              <th scope="col">Now</th>
              <th scope="col">Tells</th>
              <th scope="col">Messages</th>
              <th scope="col">
                <span className="rum-sr-only">Mute</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data === undefined ? (
              <SkeletonRows rows={2} columns={5} />
            ) : (
              data.rules.map((rule) => <Rule key={rule.name} rule={rule} />)
            )}
          </tbody>
        </table>
        <TableFiles />
      </ScrollRegion>
      <p className="rum-panel-foot rum-muted">
        {data?.judgedUntil == null
          ? 'No hour was judged yet: that begins some minutes after the first hour with views.'
          : `Judged up to ${time.moment(data.judgedUntil)}, hour by hour.`}
        {data === undefined ? '' : ` Hours of schedules are those of ${data.timeZone}.`}
      </p>
    </>
  );
}

function Rule({ rule }: { readonly rule: AlertRuleState }): ReactElement {
  const { time } = useAddress();
  const { name, says, schedule, nextWindow, mutedUntil, open, sent, lastSentAt } = rule;
  const [latest] = open;
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
        <span className="rum-rule-says rum-muted">
          <bdi>{says}</bdi>
        </span>
      </th>
      <td>
        {latest === undefined ? (
          <span className="rum-rating" data-rating="good">
            <RatingIcon rating="good" />
            Quiet
          </span>
        ) : (
          <span className="rum-rating" data-rating="poor">
            <RatingIcon rating="poor" />
            <Link to={{ name: 'insight', id: latest.id }}>
              {open.length === 1 ? 'Firing' : `Firing, ${formatCount(open.length)} incidents`}
            </Link>
          </span>
        )}
      </td>
      <td className="rum-rule-when">
        {mutedUntil === null ? '' : <strong>Muted until {time.moment(mutedUntil)}. </strong>}
        {schedule.length === 0 ? 'Always' : schedule.map(windowWords).join('; ')}
        {nextWindow === null || mutedUntil !== null ? '' : `. Next ${time.moment(nextWindow)}`}
      </td>
      <td>
        {sent === 0 || lastSentAt === null ? (
          <span className="rum-muted">None of those below</span>
        ) : (
          `${formatCount(sent)}, last ${time.moment(lastSentAt)}`
        )}
      </td>
      <td>
        <MuteForm rule={rule} />
      </td>
    </tr>
  );
}

const DAY_NAMES = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
} as const;

function windowWords({ days, from, to }: AlertRuleState['schedule'][number]): string {
  return `${days === undefined ? 'Daily' : dayWords(days)} ${from}–${to}`;
}

/** `Mon–Fri` where they follow one another, else each. */
function dayWords(days: readonly (keyof typeof DAY_NAMES)[]): string {
  const all = Object.keys(DAY_NAMES);
  const places = days.map((day) => all.indexOf(day)).sort((a, b) => a - b);
  const names = places.map((place) => Object.values(DAY_NAMES)[place] ?? '');
  const isRun = places.length > 2 && (places.at(-1) ?? 0) - (places[0] ?? 0) === places.length - 1;
  return isRun ? `${names[0]}–${names.at(-1)}` : names.join(', ');
}

const MUTE_WORDS = { quiet: 'Mute', again: 'Unmute' };

function MuteForm({ rule: { name, mutedUntil } }: { readonly rule: AlertRuleState }): ReactElement {
  const change = useChange('alerts');
  return (
    <QuietForm
      isQuiet={mutedUntil !== null}
      words={MUTE_WORDS}
      of={` the rule ${name}`}
      denied="Only admins mute rules"
      change={change}
      onChange={(hours) =>
        change.mutate(hours === null ? { do: 'unmute', rule: name } : { do: 'mute', rule: name, hours })
      }
    />
  );
}
