import { RumProvider } from '@rumkit/react-rum';
import { QueryClientProvider } from '@tanstack/react-query';
import type { AppProps } from 'next/app';
import Head from 'next/head';
import { useState } from 'react';
import '../components/shop.css';
import { createQueryClient } from '../lib/queries';

export default function LegacyApp({ Component, pageProps }: AppProps) {
  const [queries] = useState(createQueryClient);
  return (
    <RumProvider>
      <Head>
        <title>Past orders · Lampyre</title>
        <link rel="icon" href="/icon.svg" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
      </Head>
      <div className="shop">
        <header className="shop-header">
          {/* The shop is another router, hence another document. */}
          <a href="/" className="shop-brand">
            Lampyre
          </a>
          <span>Past orders</span>
        </header>
        <main>
          <QueryClientProvider client={queries}>
            <Component {...pageProps} />
          </QueryClientProvider>
        </main>
      </div>
    </RumProvider>
  );
}
