import { useQuery } from '@tanstack/react-query';
import { type ReactElement, type SubmitEvent, useId, useState } from 'react';
import { MAX_NAME } from '../../server/board.js';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { useApi } from '../apiContext.js';
import { formatCount } from '../format.js';
import { PageHead } from '../frame/PageHead.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel } from '../Panel.js';
import { useMayChange } from '../roleContext.js';
import { SkeletonRows } from '../Skeleton.js';
import { boardsQuery, useChange } from '../saved/savedQueries.js';
import { TableFiles } from '../TableFiles.js';
import { STARTER } from './starter.js';
import '../table.css';
import './Boards.css';

/** All boards, and a way to make another. */
export function BoardsPage(): ReactElement {
  const { time } = useAddress();
  const query = useQuery(boardsQuery(useApi()));
  return (
    <>
      <PageHead title="Dashboards" range={null} />
      <Panel title="Boards" query={query} aside={<NewBoard />} className="rum-boards">
        <Answer
          query={query}
          failure="The boards could not be loaded"
          empty={({ boards }) =>
            boards.length > 0 ? null : (
              <EmptyNotice title="No board yet">
                A board shows what you choose of your figures side by side. Give one a name above.
              </EmptyNotice>
            )
          }
        >
          {(data) => (
            <div className="rum-scroll-plain">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Name</th>
                    <th scope="col">Panels</th>
                    <th scope="col">Saved</th>
                  </tr>
                </thead>
                <tbody>
                  {data === undefined ? (
                    <SkeletonRows rows={3} columns={3} />
                  ) : (
                    data.boards.map(({ id, name, panels, savedAt }) => (
                      <tr key={id}>
                        <th scope="row">
                          <Link to={{ name: 'board', id }}>
                            <bdi>{name}</bdi>
                          </Link>
                        </th>
                        <td>{formatCount(panels)}</td>
                        <td className="rum-muted">{time.moment(savedAt)}</td>
                      </tr>
                    ))
                  )}
                </tbody>
              </table>
              <TableFiles />
            </div>
          )}
        </Answer>
      </Panel>
    </>
  );
}

function NewBoard(): ReactElement {
  const { hrefTo, goTo } = useAddress();
  const mayChange = useMayChange();
  const save = useChange('boards');
  const [problem, setProblem] = useState('');
  const [nameId, problemId] = [useId(), useId()];
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    if (name === '') {
      setProblem('Give it a name.');
      return;
    }
    save.mutate(
      { do: 'save', id: null, replaces: 0, name, panels: STARTER },
      {
        onSuccess: ({ id }) => goTo(hrefTo({ name: 'board', id })),
        onError: ({ message }) => setProblem(message),
      },
    );
  };
  return (
    <form className="rum-new-board" onSubmit={submit} noValidate>
      <label htmlFor={nameId} className="rum-sr-only">
        Name of a new board
      </label>
      <input
        id={nameId}
        className="rum-field"
        name="name"
        maxLength={MAX_NAME}
        placeholder="Name"
        disabled={!mayChange}
        aria-describedby={problemId}
      />
      <button
        type="submit"
        className="rum-button"
        disabled={!mayChange || save.isPending}
        title={mayChange ? undefined : 'Only admins make boards'}
      >
        New board
      </button>
      <p id={problemId} className="rum-error" role="alert">
        {problem}
      </p>
    </form>
  );
}
