import type { Metadata } from 'next';
import { BrokenButtons } from '../../../components/BrokenButtons';

export const metadata: Metadata = { title: 'Support' };

export default function SupportPage() {
  return (
    <>
      <h1>Support</h1>
      <p>
        Something does not light up? These two buttons fail on purpose, so that there is something to see in
        the admin.
      </p>
      <BrokenButtons />
    </>
  );
}
