import type { RumEvent, ViewDocument } from '../../protocol/index.js';
import type { Session } from '../session.js';

/** A view or event that waits for the collector's answer, as text: it is sent as it was when it was put here. */
export interface Item {
  readonly id: string;
  readonly json: string;
  /** Size of `json` and a comma in UTF-8. */
  readonly bytes: number;
  readonly isView: boolean;
  /** Reports losses itself, so its own loss is not counted. */
  readonly isLoss: boolean;
  readonly session: Session;
  /** 0: it waits. 1: a request is under way with it that ends with the page. 2: one that outlives the page. */
  flight: 0 | 1 | 2;
}

const encoder = new TextEncoder();

export function createItem(value: ViewDocument | RumEvent, session: Session): Item {
  const json = JSON.stringify(value);
  return {
    id: value.id,
    json,
    bytes: encoder.encode(json).length + 1,
    isView: 'revision' in value,
    isLoss: 'reason' in value,
    session,
    flight: 0,
  };
}
