'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactElement, type ReactNode, useState } from 'react';
import type { Role } from '../server/api.js';
import './admin.css';
import './print/Print.css';
import { type AddressProps, AddressProvider, useAddress } from './address/Address.js';
import { createAdminApi } from './adminApi.js';
import { ApiContext } from './apiContext.js';
import { Frame } from './frame/Frame.js';
import { NotConfigured, Refusal } from './Gate.js';
import { OnDemand } from './OnDemand.js';
import { createQueryClient } from './queryClient.js';
import { RoleContext } from './roleContext.js';
import { SignIn } from './SignIn.js';

/** What the server found about the viewer. `shared`: nothing, since the page is that of share links. */
type Access = 'open' | 'sign-in' | 'forbidden' | 'not-configured' | 'shared';

export interface AdminRootProps extends AddressProps {
  readonly access: Access;
  /** With `not-configured`: what an operator is told. */
  readonly problem?: string | null;
  /** What the viewer may do once in. */
  readonly viewerRole: Role;
  /** Path where the browser finds the collector route, such as `/api/rum`; with a slash at the end, so end the others. */
  readonly endpoint: string;
  /** Name shown in the header. */
  readonly title: string;
  /** Whether there is a form to sign in with and a session to sign out of. */
  readonly passwordSignIn: boolean;
}

/** The whole admin: the one client root that the page renders. */
export function AdminRoot({ initialPath, initialSearch, depth, ...admitted }: AdminRootProps): ReactElement {
  return (
    <AddressProvider initialPath={initialPath} initialSearch={initialSearch} depth={depth}>
      <Themed>
        <Admitted {...admitted} />
      </Themed>
    </AddressProvider>
  );
}

function Themed({ children }: { readonly children: ReactNode }): ReactElement {
  const { theme } = useAddress().state;
  return (
    <div className="rum-admin" data-theme={theme}>
      {children}
    </div>
  );
}

type Admission = Access | 'session-ended';

function Admitted({
  access,
  problem = null,
  viewerRole,
  endpoint,
  title,
  passwordSignIn,
}: Omit<AdminRootProps, keyof AddressProps>): ReactElement {
  const [admission, setAdmission] = useState<Admission>(access);
  const [role, setRole] = useState(viewerRole);
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
          <ApiContext.Provider value={api}>
            <RoleContext.Provider value={role}>
              <Frame title={title} onSignedOut={passwordSignIn ? leave : null} />
            </RoleContext.Provider>
          </ApiContext.Provider>
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
            onSignedIn={(asRole) => {
              client.clear();
              setRole(asRole);
              setAdmission('open');
            }}
          />
        </QueryClientProvider>
      );
    case 'shared':
      return (
        <QueryClientProvider client={client}>
          <OnDemand
            name="shared board"
            load={() => import('./boards/SharedBoard.js')}
            failure="The page could not be loaded"
          >
            {({ SharedBoard }) => <SharedBoard api={api} />}
          </OnDemand>
        </QueryClientProvider>
      );
    case 'forbidden':
      return <Refusal />;
    case 'not-configured':
      return <NotConfigured problem={problem} />;
  }
}

/** Holds the page's place, in the colour of the page, while the server finds out who asks. */
export function AdminPlaceholder(): ReactElement {
  return <div className="rum-admin" aria-busy="true" />;
}
