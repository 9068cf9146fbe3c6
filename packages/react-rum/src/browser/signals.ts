import type { EventDraft } from './eventDraft.js';
import { guard } from './guard.js';
import type { RouteCommit } from './routes.js';
import type { Answer } from './transport/answer.js';
import type { Item } from './transport/item.js';
import type { View } from './view.js';

/** What the full agent tells its collectors of. */
interface Signals {
  /** A view begins. */
  view(view: View, commit?: RouteCommit): void;
  /** The view shown may be going: what was summed up for it until then (epoch ms) is to be told. */
  settle(time: number): void;
  /** An event is to be sent. True: it is not, after all. */
  event(event: EventDraft, view: View): boolean | undefined;
  /** A flush comes: what was gathered can be recorded. `isLeaving`: the page may be going. */
  flush(isLeaving: boolean): void;
  /**
   * A batch goes, or would if no pause were due. Told in the same task, and again once it was answered.
   *
   * @param items The same object both times.
   * @param status Of the answer, 0: none came. Undefined the first time.
   * @returns True: it is kept, so that it may as well be told while a pause is due.
   */
  send(items: readonly Item[], text: string, status?: number, answer?: Answer): boolean | undefined;
}

/** Those who are told. */
export type Listeners = { readonly [Name in keyof Signals]: Signals[Name][] };

/** Tells all listeners. Returns whether one of them said true. */
export type Emit = <Name extends keyof Signals>(name: Name, ...args: Parameters<Signals[Name]>) => boolean;

export function createListeners(): Listeners {
  return { view: [], settle: [], event: [], flush: [], send: [] };
}

export function createEmit(listeners: Listeners): Emit {
  return (name, ...args) => {
    let isTrue = false;
    for (const listener of listeners[name] as ((...given: unknown[]) => unknown)[]) {
      guard(() => {
        if (listener(...args)) isTrue = true;
      })();
    }
    return isTrue;
  };
}
