// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, test, vi } from 'vitest';
import { setConsent } from '../browser/api.js';
import { registry } from '../browser/registry.js';
import { forgetRecorder } from '../testing/recordCalls.js';
import { useConsent } from './useConsent.js';

afterEach(() => {
  cleanup();
  forgetRecorder();
});

function Banner() {
  const [consent, decide] = useConsent();
  return (
    <button type="button" onClick={() => decide('granted')}>
      {consent ?? 'unknown'}
    </button>
  );
}

test('gives what was decided, here or elsewhere, and lets decide', () => {
  const { unmount } = render(
    <>
      <Banner />
      <Banner />
    </>,
  );
  const texts = () => screen.getAllByRole('button').map(({ textContent }) => textContent);
  expect(texts()).toEqual(['unknown', 'unknown']);
  act(() => setConsent('pending'));
  expect(texts()).toEqual(['pending', 'pending']);
  fireEvent.click(screen.getAllByRole('button')[0] as Element);
  expect(texts()).toEqual(['granted', 'granted']);
  expect(registry().consent).toBe('granted');
  unmount();
  expect(registry().consentListeners.size).toBe(0);
});

test('hydrates as the server rendered, then shows what was decided', async () => {
  vi.stubGlobal('window', undefined);
  const html = renderToString(<Banner />);
  vi.unstubAllGlobals();
  expect(html).toBe('<button type="button">unknown</button>');
  setConsent('denied');
  const container = document.createElement('div');
  container.innerHTML = html;
  const onRecoverableError = vi.fn();
  const root = await act(async () => hydrateRoot(container, <Banner />, { onRecoverableError }));
  expect(onRecoverableError).not.toHaveBeenCalled();
  expect(container.textContent).toBe('denied');
  act(() => root.unmount());
});
