import type { Shop } from './shop.js';

/** A panel as a board keeps it, less what it is told apart by. */
export interface PanelParts {
  readonly metric: string;
  readonly dimension: string | null;
  readonly chart: string;
  readonly filters?: readonly string[];
}

/** Makes boards and links to them, as the admin's own page does. @param session Of whoever has signed in as an admin. */
export function boardMaker(shop: Shop, session: string) {
  const post = async (
    path: string,
    body: object,
  ): Promise<{ readonly id: string; readonly token: string }> => {
    const response = await fetch(`${shop.url}/api/rum/admin/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: shop.url,
        cookie: `rum_session=${session}`,
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.json();
  };
  return {
    /** @returns Its id. */
    async board(name: string, panels: readonly PanelParts[]): Promise<string> {
      const kept = panels.map((panel, index) => ({
        id: `panel-${index}`,
        title: '',
        width: 1,
        filters: [],
        ...panel,
      }));
      return (await post('boards', { do: 'save', id: null, replaces: 0, name, panels: kept })).id;
    },
    /** @param search What is asked of the board. @returns What a link to it ends with. */
    async link(board: string, search: string, name = 'Wall'): Promise<string> {
      return (await post('shares', { do: 'create', board, name, days: 7, search })).token;
    },
  };
}
