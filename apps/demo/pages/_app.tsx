import { RumProvider } from '@rumkit/react-rum';
import type { AppProps } from 'next/app';
import Head from 'next/head';
import '../components/shop.css';

export default function LegacyApp({ Component, pageProps }: AppProps) {
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
          <Component {...pageProps} />
        </main>
      </div>
    </RumProvider>
  );
}
