import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { AdminApi } from './adminApi.js';
import { SignOutIcon } from './icons.js';

interface SignOutButtonProps {
  readonly api: AdminApi;
  readonly onSignedOut: () => void;
}

/** Ends the session on the server, and says so when that did not work: the viewer would still be signed in. */
export function SignOutButton({ api, onSignedOut }: SignOutButtonProps): ReactElement {
  const signOut = useMutation({ mutationFn: () => api.signOut(), onSuccess: onSignedOut });
  return (
    <>
      {signOut.isError ? (
        <span className="rum-error" role="alert">
          Still signed in
        </span>
      ) : null}
      <button
        type="button"
        className="rum-icon-button"
        title={signOut.isError ? signOut.error.message : 'Sign out'}
        disabled={signOut.isPending}
        onClick={() => signOut.mutate()}
      >
        <SignOutIcon />
        <span className="rum-sr-only">{signOut.isError ? 'Try to sign out again' : 'Sign out'}</span>
      </button>
    </>
  );
}
