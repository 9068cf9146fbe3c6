import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { type Live, liveQuery, liveQuestion } from './liveQueries.js';

/** After a stream was refused, ms until another is tried. Meanwhile the page asks again and again. */
const REST = 30_000;

/** Lets the present come as a stream, as long as the page is seen and not paused, to whoever reads {@link liveQuery}. */
export function useLiveStream(): void {
  const { state } = useAddress();
  const { question, paused } = state;
  const api = useApi();
  const client = useQueryClient();
  const isSeen = useIsSeen();
  const url = api.liveStream(liveQuestion(question));
  const { queryKey } = liveQuery(api, { question, paused });
  const key = JSON.stringify(queryKey);

  useEffect(() => {
    if (paused || !isSeen || typeof EventSource === 'undefined') return;
    const kept: typeof queryKey = JSON.parse(key);
    let source: EventSource;
    let resting: ReturnType<typeof setTimeout> | undefined;

    function open(): void {
      source = new EventSource(url);
      source.onmessage = ({ data }) => {
        const told: Partial<Live> = JSON.parse(data);
        client.setQueryData<Live>(kept, (known) =>
          known === undefined && told.views === undefined
            ? known
            : ({ ...known, ...told, streamed: true } as Live),
        );
      };
      source.onerror = () => {
        stopStreaming();
        // Where it can, the browser comes again by itself.
        if (source.readyState === EventSource.CLOSED) resting = setTimeout(open, REST);
      };
    }

    function stopStreaming(): void {
      client.setQueryData<Live>(kept, (known) => known && { ...known, streamed: false });
    }

    open();
    return () => {
      clearTimeout(resting);
      source.close();
      stopStreaming();
    };
  }, [url, key, paused, isSeen, client]);
}

function useIsSeen(): boolean {
  const [isSeen, setIsSeen] = useState(true);
  useEffect(() => {
    const look = (): void => setIsSeen(document.visibilityState === 'visible');
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return isSeen;
}
