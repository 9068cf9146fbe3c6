import type { RumEvent, ViewDocument } from '../../protocol/index.js';
import { MAX_STACK } from '../../protocol/limits.js';
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

/** What is longer than this may hold a text that the collector would cut, in UTF-16 units. */
const LONG = 40_000;
const encoder = new TextEncoder();

function cut(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.slice(0, MAX_STACK) : value;
}

export function createItem(value: ViewDocument | RumEvent, session: Session): Item {
  let json = JSON.stringify(value);
  if (json.length > LONG) json = JSON.stringify(value, cut);
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
