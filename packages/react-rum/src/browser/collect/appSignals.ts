import type { Collector } from '../collector.js';
import { copyProperties } from '../copyProperties.js';
import type { View } from '../views.js';

/** Timings, flags and facts of views that the application tells. */
export const appSignals: Collector = {
  name: 'appSignals',
  start({ recorder, record, views }) {
    /** Flags already told of a view. */
    const told = new WeakMap<View, Set<string>>();
    recorder.timing = (at, { name, duration, kind = 'custom', properties }) => {
      record({ type: 'timing', name, kind, duration, properties: copyProperties(properties) }, at);
    };
    recorder.flag = (at, name, variant) => {
      const view = views.current();
      if (!view) return;
      const flags = told.get(view) ?? new Set();
      told.set(view, flags);
      if (flags.has(name + variant)) return;
      flags.add(name + variant);
      record({ type: 'flag', name, variant }, at);
    };
    recorder.viewContext = (_at, attributes) => {
      const view = views.current();
      if (!view) return;
      view.attributes = { ...view.attributes, ...copyProperties(attributes) };
      views.changed(view);
    };
    return () => {};
  },
};
