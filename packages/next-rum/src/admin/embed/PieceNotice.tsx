import type { ReactElement } from 'react';
import '../admin.css';
import './Embed.css';

interface PieceNoticeProps {
  readonly reason: 'sign-in' | 'forbidden' | 'not-configured';
  /** Path of the admin's own page as the browser has it, where one can sign in; null where that is not known. */
  readonly adminPath: string | null;
  readonly theme: 'auto' | 'light' | 'dark';
}

const WORDS: { readonly [reason in PieceNoticeProps['reason']]: string } = {
  'sign-in': 'Sign in to see these figures.',
  forbidden: 'You may not see these figures.',
  'not-configured':
    'Nobody sees these figures until defineRum({ authorize }) says who may: the admin’s page says what is missing.',
};

/** Stands where a piece would, for whoever may not see it. */
export function PieceNotice({ reason, adminPath, theme }: PieceNoticeProps): ReactElement {
  return (
    <div className="rum-admin rum-embed" data-theme={theme}>
      <p className="rum-embed-notice">
        {WORDS[reason]}
        {reason === 'sign-in' && adminPath !== null ? (
          <>
            {' '}
            <a href={adminPath}>Sign in</a>
          </>
        ) : null}
      </p>
    </div>
  );
}
