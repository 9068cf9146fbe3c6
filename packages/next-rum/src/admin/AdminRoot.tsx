'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import './admin.css';
import { createAdminApi } from './adminApi.js';
import { Dashboard } from './Dashboard.js';
import { NotConfigured, Refusal } from './Gate.js';
import { createQueryClient } from './queries.js';
import { SignIn } from './SignIn.js';
import { useUrlState } from './urlState.js';

/** What the server found about the viewer. */
type Access = 'open' | 'sign-in' | 'forbidden' | 'not-configured';

export interface AdminRootProps {
  readonly access: Access;
  /** Path where the browser finds the collector route, such as `/api/rum`; with a slash at the end, so end the others. */
  readonly endpoint: string;
  /** Name shown in the header. */
  readonly title: string;
  /** Whether there is a form to sign in with and a session to sign out of. */
  readonly passwordSignIn: boolean;
  /** Query string of the request, so that the server renders what the browser will. */
  readonly initialSearch: string;
}

/** The whole admin: the one client root that the page renders. */
export function AdminRoot(props: AdminRootProps): ReactElement {
  const { theme } = useUrlState(props.initialSearch);
  return (
    <div className="rum-admin" data-theme={theme}>
      <Admitted {...props} />
    </div>
  );
}

type Admission = Access | 'session-ended';

function Admitted({ access, endpoint, title, passwordSignIn, initialSearch }: AdminRootProps): ReactElement {
  const url = useUrlState(initialSearch);
  const [admission, setAdmission] = useState<Admission>(access);
  const [api] = useState(() => createAdminApi(endpoint, (input, init) => fetch(input, init)));
  const [client] = useState(() =>
    createQueryClient((status) =>
      setAdmission(status === 401 && passwordSignIn ? 'session-ended' : 'forbidden'),
    ),
  );
  const leave = (): void => {
    client.clear();
    setAdmission('sign-in');
  };
  switch (admission) {
    case 'open':
      return (
        <QueryClientProvider client={client}>
          <Dashboard api={api} title={title} url={url} onSignedOut={passwordSignIn ? leave : null} />
        </QueryClientProvider>
      );
    case 'sign-in':
    case 'session-ended':
      return (
        <QueryClientProvider client={client}>
          <SignIn
            api={api}
            title={title}
            ended={admission === 'session-ended'}
            onSignedIn={() => {
              client.clear();
              setAdmission('open');
            }}
          />
        </QueryClientProvider>
      );
    case 'forbidden':
      return <Refusal />;
    case 'not-configured':
      return <NotConfigured />;
  }
}

/** Holds the page's place, in the colour of the page, while the server finds out who asks. */
export function AdminPlaceholder(): ReactElement {
  return <div className="rum-admin" aria-busy="true" />;
}
