import type { Collector } from '../collector.js';
import { copyProperties } from '../copyProperties.js';

/** Timings, flags and facts of views that the application tells. */
export const appSignals: Collector = {
  name: 'appSignals',
  start({ recorder, record, views, on }) {
    /** Names and variants of flags, in this view. */
    const told = new Set<string>();
    on.view.push(() => told.clear());
    recorder.timing = (at, { name, duration, kind = 'custom', properties }) => {
      record({ type: 'timing', name, kind, duration, properties: copyProperties(properties) }, at);
    };
    recorder.flag = (at, name, variant) => {
      const key = `${name} ${variant}`;
      if (!told.has(key)) record({ type: 'flag', name, variant }, at);
      told.add(key);
    };
    recorder.viewContext = (_at, attributes) => {
      const view = views.current();
      if (!view) return;
      view.attributes = { ...view.attributes, ...copyProperties(attributes) };
      views.changed(view);
    };
    return [];
  },
};
