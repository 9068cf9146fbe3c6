import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { FileLinks } from '../ExportLinks.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel, ScrollRegion } from '../Panel.js';
import { SkeletonRows } from '../Skeleton.js';
import { changesQuery } from '../saved/savedQueries.js';
import '../table.css';

const ACTIONS: { readonly [action: string]: string } = {
  'view.save': 'Saved the view',
  'view.remove': 'Removed the view',
  'note.save': 'Added the note',
  'note.remove': 'Removed the note',
  'board.save': 'Saved the board',
  'board.remove': 'Removed the board',
  'share.create': 'Made the link',
  'share.revoke': 'Revoked the link',
  'share.remove': 'Forgot the ended link',
  'setting.save': 'Changed the settings',
  'snooze.save': 'Snoozed or woke',
};

/** Who changed what, and when. */
export function ChangesPanel(): ReactElement {
  const { time } = useAddress();
  const api = useApi();
  const query = useQuery(changesQuery(api));
  return (
    <Panel
      title="Changes"
      className="rum-changes"
      query={query}
      aside={<FileLinks hrefOf={(format) => api.changesFile(format)} />}
    >
      <Answer
        query={query}
        failure="The changes could not be loaded"
        empty={({ changes }) =>
          changes.length > 0 ? null : (
            <EmptyNotice title="Nothing was changed yet">
              Whoever saves or removes something here is listed, for 13 months.
            </EmptyNotice>
          )
        }
      >
        {(data) => (
          <ScrollRegion label="Changes, table">
            <table>
              <thead>
                <tr>
                  <th scope="col">When</th>
                  <th scope="col">Who</th>
                  <th scope="col">What</th>
                </tr>
              </thead>
              <tbody>
                {data === undefined ? (
                  <SkeletonRows rows={5} columns={3} />
                ) : (
                  data.changes.map(({ at, role, name, action, subject }, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: of two changes at one moment nothing else tells them apart
                    <tr key={`${at} ${index}`}>
                      <th scope="row">{time.moment(at)}</th>
                      <td>
                        <bdi>{name === '' ? role : `${name} (${role})`}</bdi>
                      </td>
                      <td>
                        {ACTIONS[action] ?? action} <bdi>{subject}</bdi>
                      </td>
                    </tr>
                  ))
                )}
              </tbody>
            </table>
          </ScrollRegion>
        )}
      </Answer>
      {query.data?.truncated === true ? (
        <p className="rum-panel-foot rum-muted">Only the latest 500 are listed.</p>
      ) : null}
    </Panel>
  );
}
