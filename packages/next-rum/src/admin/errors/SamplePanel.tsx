import { type ReactElement, useId } from 'react';
import type { ErrorResponse } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { EmptyNotice } from '../Notice.js';
import { CopyButton } from './CopyButton.js';

/** What the latest event of the group says, as the browser said it. */
export function SamplePanel({ latest }: Pick<ErrorResponse, 'latest'>): ReactElement {
  const { time } = useAddress();
  const title = useId();
  return (
    <section className="rum-panel rum-sample" aria-labelledby={title}>
      <header className="rum-panel-head">
        <h2 id={title}>Latest event</h2>
        <p className="rum-muted">{latest === null ? '' : time.moment(latest.at)}</p>
      </header>
      {latest === null ? (
        <EmptyNotice title="What it said is no longer kept">
          Only counts remain of this time. Single events are kept as long as the retention of raw rows says.
        </EmptyNotice>
      ) : (
        <>
          <Text name="Message" text={`${latest.name}: ${latest.message}`} />
          {latest.digest === null ? null : (
            <p className="rum-digest">
              Digest <code>{latest.digest}</code>: the server’s log has the same one beside the error itself.
            </p>
          )}
          {latest.stack === null ? (
            <p className="rum-digest rum-muted">The browser told no stack.</p>
          ) : (
            <Text name="Stack" text={latest.stack}>
              Frames are shown as the browser sent them. Source maps are not read yet, so files and names are
              those of the build.
            </Text>
          )}
          {latest.componentStack === null ? null : (
            <Text name="Component stack" text={latest.componentStack.replace(/^\n+/, '')} />
          )}
        </>
      )}
    </section>
  );
}

interface TextProps {
  readonly name: string;
  readonly text: string;
  readonly children?: string;
}

function Text({ name, text, children }: TextProps): ReactElement {
  const title = useId();
  return (
    <section className="rum-text" aria-labelledby={title}>
      <header>
        <h3 id={title}>{name}</h3>
        <CopyButton text={text} what={name.toLowerCase()} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region needs focus to be scrolled by keys */}
      <pre tabIndex={0} dir="ltr">
        {text}
      </pre>
      {children === undefined ? null : <p className="rum-muted">{children}</p>}
    </section>
  );
}
