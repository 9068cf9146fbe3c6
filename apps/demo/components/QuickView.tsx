'use client';

import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';
import { useShopEvent } from '../lib/events';

/** A product shown over the page that one came from. */
export function QuickView({ sku, children }: { readonly sku: string; readonly children: ReactNode }) {
  const router = useRouter();
  const track = useShopEvent();
  const dialog = useRef<HTMLDialogElement>(null);
  // Next keeps an unmatched slot on the screen when one moves on to another page.
  const isOpen = usePathname() === `/product/${sku}/quick`;

  useEffect(() => {
    if (isOpen) {
      dialog.current?.showModal();
      track('quick_view', { sku });
    }
  }, [isOpen, sku, track]);

  if (!isOpen) {
    return null;
  }
  return (
    <dialog ref={dialog} className="shop-dialog" aria-label="Quick view" onClose={() => router.back()}>
      {children}
      <div className="shop-dialog-actions">
        <Link href={`/product/${sku}`}>Everything about it</Link>
        <button type="button" className="shop-button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </div>
    </dialog>
  );
}
