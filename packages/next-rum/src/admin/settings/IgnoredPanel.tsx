import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactElement, type SubmitEvent, useId, useState } from 'react';
import type { SettingsResponse } from '../../server/api.js';
import { Answer, Panel } from '../Panel.js';
import { useMayChange } from '../roleContext.js';
import { SkeletonRows } from '../Skeleton.js';
import { useChange } from '../saved/savedQueries.js';

/** Whose batches, and which pages, are left out from now on. */
export function IgnoredPanel({ query }: { readonly query: UseQueryResult<SettingsResponse> }): ReactElement {
  return (
    <Panel
      title="Left out"
      label="What is left out"
      className="rum-ignored"
      query={query}
      aside="In force within 10 s; what is stored already stays"
    >
      <Answer query={query} failure="The settings could not be loaded">
        {(settings) =>
          settings === undefined ? (
            <table aria-hidden="true">
              <tbody>
                <SkeletonRows rows={4} columns={1} />
              </tbody>
            </table>
          ) : (
            <IgnoredForm key={settings.ignored.revision} ignored={settings.ignored} />
          )
        }
      </Answer>
    </Panel>
  );
}

function IgnoredForm({ ignored }: { readonly ignored: SettingsResponse['ignored'] }): ReactElement {
  const mayChange = useMayChange();
  const save = useChange('settings');
  const [saved, setSaved] = useState(false);
  const [addressesId, pathsId, messageId] = [useId(), useId(), useId()];
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const linesOf = (name: string): readonly string[] =>
      String(fields.get(name))
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    setSaved(false);
    save.mutate(
      { replaces: ignored.revision, addresses: linesOf('addresses'), paths: linesOf('paths') },
      { onSuccess: () => setSaved(true) },
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <div>
        <label htmlFor={addressesId}>IP addresses and networks, one a line</label>
        <textarea
          id={addressesId}
          className="rum-field"
          name="addresses"
          rows={5}
          defaultValue={ignored.addresses.join('\n')}
          placeholder={'203.0.113.7\n2001:db8::/32'}
          readOnly={!mayChange}
          spellCheck={false}
          aria-describedby={messageId}
        />
      </div>
      <div>
        <label htmlFor={pathsId}>Paths and routes, one a line, * at the end for all below</label>
        <textarea
          id={pathsId}
          className="rum-field"
          name="paths"
          rows={5}
          defaultValue={ignored.paths.join('\n')}
          placeholder={'/health\n/internal/*'}
          readOnly={!mayChange}
          spellCheck={false}
          aria-describedby={messageId}
        />
      </div>
      <p>
        <button
          type="submit"
          className="rum-button"
          data-primary
          disabled={!mayChange || save.isPending}
          title={mayChange ? undefined : 'Only admins change settings'}
        >
          Save
        </button>
        <span
          id={messageId}
          role={save.isError ? 'alert' : 'status'}
          className={save.isError ? 'rum-error' : 'rum-muted'}
        >
          {save.isError ? save.error.message : saved ? 'Saved.' : mayChange ? '' : 'Only admins change this.'}
        </span>
      </p>
    </form>
  );
}
