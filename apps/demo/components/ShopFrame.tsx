import Link from 'next/link';
import type { ReactNode } from 'react';
import { CartCount } from './CartCount';
import './shop.css';

const SECTIONS = [
  ['/catalogue', 'Catalogue'],
  ['/sale', 'Sale'],
  ['/guides', 'Guides'],
  ['/search', 'Search'],
  ['/support', 'Support'],
] as const;

/** The shop's header, footer and style. The admin is outside of it. */
export function ShopFrame({ children }: { readonly children: ReactNode }) {
  return (
    <div className="shop">
      <header className="shop-header">
        <Link href="/" className="shop-brand">
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M5 13a7 7 0 0 1 14 0z" fill="currentColor" />
            <path d="M12 13v7M8 21h8" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
          </svg>
          Lampyre
        </Link>
        <nav aria-label="Shop">
          {SECTIONS.map(([href, name]) => (
            <Link key={href} href={href}>
              {name}
            </Link>
          ))}
        </nav>
        <Link href="/cart" className="shop-cart">
          Cart <CartCount />
        </Link>
      </header>
      <main>{children}</main>
      <footer className="shop-footer">
        <span>Lampyre is a demo: no lamp was lit.</span>
        <Link href="/privacy">Privacy</Link>
        {/* The Pages Router and a static file are other documents: plain links. */}
        <a href="/legacy/orders">Past orders</a>
        <a href="/static.html">Press</a>
        <Link href="/team" prefetch={false}>
          For the team
        </Link>
        <a href="/admin/rum">Real user monitoring</a>
      </footer>
    </div>
  );
}
