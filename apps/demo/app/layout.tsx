import { RumProvider } from '@rumkit/react-rum';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';

export const metadata: Metadata = {
  title: { default: 'Lampyre — small lamps, well made', template: '%s · Lampyre' },
  description: 'A lamp shop that measures what its visitors live through.',
  icons: { icon: '/icon.svg' },
};

export const viewport: Viewport = { colorScheme: 'light dark' };

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <RumProvider>{children}</RumProvider>
      </body>
    </html>
  );
}
