import { type ReactElement, useEffect, useState } from 'react';

/** How long what became of it is said, ms. */
const SAID_FOR = 2000;

/** Copies a text, and says whether that went well. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }): ReactElement {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), SAID_FOR);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      // Refused by the browser, or not there at all without HTTPS.
      setSaid('Select it and copy by hand');
    }
  };
  return (
    <span className="rum-copy">
      <span className="rum-muted" role="status">
        {said}
      </span>
      <button type="button" className="rum-link-button" onClick={() => void copy()}>
        Copy {what}
      </button>
    </span>
  );
}
