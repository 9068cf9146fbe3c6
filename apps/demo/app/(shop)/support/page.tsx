import type { Metadata } from 'next';
import { FaultyLamp } from '../../../components/FaultyLamp';

export const metadata: Metadata = { title: 'Support' };

export default function SupportPage() {
  return (
    <>
      <h1>Support</h1>
      <p>
        Something does not light up? Everything here fails on purpose, so that there is something to see in
        the admin.
      </p>
      <FaultyLamp />
    </>
  );
}
