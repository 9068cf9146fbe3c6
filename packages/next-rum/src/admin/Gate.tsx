import type { ReactElement, ReactNode } from 'react';
import { Logo } from './icons.js';
import './Gate.css';

interface GateProps {
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** The card in the middle of the page for whoever is not in (yet). */
export function Gate({ title, wide = false, children }: GateProps): ReactElement {
  return (
    <main className="rum-gate" data-wide={wide || undefined}>
      <Logo />
      <h1>{title}</h1>
      {children}
    </main>
  );
}

/** For a viewer whom `authorize` refused. */
export function Refusal(): ReactElement {
  return (
    <Gate title="You may not open this page">
      <p>
        Your account has no access to these figures. Ask whoever runs this app to let you in, then reload.
      </p>
    </Gate>
  );
}

const SAMPLE = `// lib/rum.ts
import { defineRum, passwordSignIn } from '@rumkit/next-rum';

export const rum = defineRum({
  // One password for the team, kept in the environment:
  authorize: passwordSignIn({ password: process.env.RUM_ADMIN_PASSWORD }),

  // …or the sign-in your app has already:
  // authorize: async ({ headers }) => isAdmin(headers),
});`;

interface NotConfiguredProps {
  /** What keeps everybody out, and the mend; null where it is that nobody said who may come in. */
  readonly problem: string | null;
}

/** For everybody in production, until somebody says who may come in. */
export function NotConfigured({ problem }: NotConfiguredProps): ReactElement {
  if (problem !== null) {
    return (
      <Gate title="Nobody can sign in yet" wide>
        <p>{problem}.</p>
        <p>
          Visits are collected meanwhile, and nothing is shown to anybody. Set it in the environment of the
          server, start the app again, and reload this page.
        </p>
      </Gate>
    );
  }
  return (
    <Gate title="authorize is missing" wide>
      <p>
        In production this page refuses everyone until <code>defineRum({'{ authorize }'})</code> says who may
        open it. No figures are shown, and the data routes refuse as well.
      </p>
      <ol>
        <li>
          Set it where your app calls <code>defineRum</code>:
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region needs focus to be scrolled by keys */}
          <pre tabIndex={0}>
            <code>{SAMPLE}</code>
          </pre>
        </li>
        <li>
          With the password, set <code>RUM_ADMIN_PASSWORD</code> in the environment of the server: 8
          characters or more.
        </li>
        <li>Build and start the app again, and reload this page.</li>
      </ol>
    </Gate>
  );
}
