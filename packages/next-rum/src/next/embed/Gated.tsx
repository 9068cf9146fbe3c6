import { headers } from 'next/headers.js';
import { connection } from 'next/server.js';
import { type ReactElement, type ReactNode, Suspense } from 'react';
import { PieceNotice } from '../../admin/embed/PieceNotice.js';
import type { PieceSettings } from '../../admin/embed/pieceSettings.js';
import { gate } from '../../server/authorize.js';
import {
  type Comparison,
  type CustomRange,
  DEFAULT_QUESTION,
  type RangeName,
  readQuestion,
} from '../../server/question.js';
import type { Rum } from '../../server/rum.js';
import { pathSettings, publicEndpoint } from '../publicPath.js';

/** What every piece of the admin takes. */
export interface RumPieceProps {
  /** What `defineRum` gave: it says where the data is and who may see it. */
  readonly rum: Rum;
  /** Which time the figures are of: a span up to now, or from and to in epoch ms; default `7d`. */
  readonly range?: RangeName | CustomRange;
  /** What they are set against; default `none`. */
  readonly compare?: Comparison;
  /**
   * Which views count, as the admin's address says it: `country:DE` keeps, `!browser:Firefox` leaves out; values of one dimension are
   * alternatives, different dimensions all hold. Default: all.
   */
  readonly filters?: readonly string[];
  /** Default `auto`: what the viewer's system is set to. */
  readonly theme?: 'auto' | 'light' | 'dark';
  /** Whether figures stand still until the viewer lets them go on; default false: they come anew every 30 s. */
  readonly paused?: boolean;
  /** Heading, which also tells several pieces of a page apart for whoever cannot see them. */
  readonly title?: string;
  /** Path of the admin's page, such as `/admin/rum`: names lead there, and so does *Sign in*. Default: they lead nowhere. */
  readonly adminPath?: string;
  /** What stands there for whoever may not see it; default: a sentence, and where there is `adminPath` a link to sign in. */
  readonly fallback?: ReactNode;
}

interface GatedProps extends RumPieceProps {
  readonly usualTitle: string;
  /** Shown to whoever may see it. */
  readonly piece: (settings: PieceSettings) => ReactElement;
  /** Holds its place before that is known, and tells nothing of it. */
  readonly place: (settings: PieceSettings) => ReactElement;
}

/** Asks `authorize` about this request before a piece is shown; the data routes ask it again. */
export function Gated({ piece, place, ...props }: GatedProps): ReactElement {
  const waiting = { ...settingsOf(props), endpoint: '', adminPath: null, question: DEFAULT_QUESTION };
  return (
    <Suspense fallback={place({ ...waiting, isAdmitted: false })}>
      <Admitted piece={piece} {...props} />
    </Suspense>
  );
}

async function Admitted({ piece, ...props }: Omit<GatedProps, 'place'>): Promise<ReactNode> {
  // A session has an end, so who may come in depends on the time: Next must not ask ahead.
  await connection();
  const { kind } = await gate(props.rum.config, new Headers(await headers()), process.env.NODE_ENV);
  const settings = settingsOf(props);
  if (kind === 'open') return piece(settings);
  const { adminPath, theme } = settings;
  return props.fallback === undefined ? (
    <PieceNotice reason={kind} adminPath={adminPath} theme={theme} />
  ) : (
    props.fallback
  );
}

function settingsOf(props: Omit<GatedProps, 'piece' | 'place'>): PieceSettings {
  const { rum, range = '7d', compare = 'none', filters = [], theme = 'auto', paused = false } = props;
  const { title = props.usualTitle, adminPath } = props;
  const asked = new URLSearchParams(filters.map((filter) => ['filter', filter]));
  return {
    isAdmitted: true,
    endpoint: publicEndpoint(rum.config.endpoint, pathSettings()),
    adminPath: adminPath === undefined ? null : publicEndpoint(adminPath, pathSettings()),
    title,
    theme,
    paused,
    question: { ...readQuestion(asked), range, compare },
  };
}
