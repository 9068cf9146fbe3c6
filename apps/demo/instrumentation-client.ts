import { configureRum, setConsent } from '@rumkit/react-rum/agent';
import { isMeasuringRefused } from './lib/measuring';

// Next runs this before hydration, on every page. What `withRum` cannot carry goes here: functions, and what the visitor
// decided on an earlier page.
configureRum({
  // Errors of browser extensions are nothing that the shop could mend.
  beforeSend: (item) =>
    'type' in item && item.type === 'error' && item.stack?.includes('-extension://') ? null : item,
});

if (isMeasuringRefused()) {
  setConsent('denied');
}
