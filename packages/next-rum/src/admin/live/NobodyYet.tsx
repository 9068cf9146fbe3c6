import type { ReactElement } from 'react';
import type { Question } from '../../server/question.js';
import { EmptyNotice } from '../Notice.js';

/** Why nobody is seen, and what to do about it. */
export function NobodyYet({ question }: { readonly question: Question }): ReactElement {
  if (question.filters.length > 0) {
    return (
      <EmptyNotice title="Nobody passes these filters now">Take one away to see the other views.</EmptyNotice>
    );
  }
  switch (question.audience) {
    case 'visitors':
      return (
        <EmptyNotice title="Waiting for a visitor">
          Open your app in another tab: its views appear here as they happen.
        </EmptyNotice>
      );
    case 'bots':
      return (
        <EmptyNotice title="Waiting for a bot">
          Views by crawlers and driven browsers appear here as they happen.
        </EmptyNotice>
      );
    case 'admin':
      return (
        <EmptyNotice title="Nobody is seen in the admin">
          Its pages are measured where <code>apps</code> of <code>withRum</code> names their path.
        </EmptyNotice>
      );
  }
}
