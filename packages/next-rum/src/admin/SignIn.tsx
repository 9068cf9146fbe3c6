import { useMutation } from '@tanstack/react-query';
import { type ReactElement, type SubmitEvent, useId } from 'react';
import type { Role } from '../server/api.js';
import { type AdminApi, ApiFailure } from './adminApi.js';
import { Gate } from './Gate.js';

interface SignInProps {
  readonly api: AdminApi;
  readonly title: string;
  /** Whether the viewer was in before, and should be told why this form is here. */
  readonly ended: boolean;
  readonly onSignedIn: (role: Role) => void;
}

/** The form of the bundled password sign-in. */
export function SignIn({ api, title, ended, onSignedIn }: SignInProps): ReactElement {
  const signIn = useMutation({
    mutationFn: (password: string) => api.signIn(password),
    onSuccess: onSignedIn,
  });
  const field = useId();
  const message = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const password = new FormData(event.currentTarget).get('password');
    if (typeof password === 'string') signIn.mutate(password);
  };
  return (
    <Gate title={`Sign in to ${title}`}>
      {ended ? <p>Your session has ended. Sign in again to go on.</p> : null}
      <form onSubmit={submit} method="post">
        <label htmlFor={field}>Password</label>
        <input
          id={field}
          className="rum-input"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          aria-invalid={signIn.isError}
          aria-describedby={message}
        />
        <p id={message} className="rum-error" role="alert">
          {signIn.isError ? explain(signIn.error) : null}
        </p>
        <button type="submit" className="rum-button" data-primary disabled={signIn.isPending}>
          {signIn.isPending ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
    </Gate>
  );
}

function explain(error: Error): string {
  if (!(error instanceof ApiFailure)) return error.message;
  if (error.status === 401) return 'That is not the password.';
  if (error.status === 429) {
    return error.retryAfter === null
      ? 'Too many tries. Wait a little, then try again.'
      : `Too many tries. Try again in ${error.retryAfter} s.`;
  }
  return error.message;
}
