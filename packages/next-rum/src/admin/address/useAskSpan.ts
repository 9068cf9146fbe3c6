import { MIN_SPAN } from '../../server/question.js';
import { useAddress } from './Address.js';

/** Makes a span, epoch ms, the time that is shown, where it is one that can be asked for. */
export function useAskSpan(): (from: number, to: number) => void {
  const { ask } = useAddress();
  return (from, to) => {
    if (to - from >= MIN_SPAN) ask({ range: { from, to } });
  };
}
