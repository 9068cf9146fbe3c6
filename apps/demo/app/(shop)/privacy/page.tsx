import type { Metadata } from 'next';
import { MeasuringSwitch } from '../../../components/MeasuringSwitch';

export const metadata: Metadata = { title: 'Privacy' };

export default function PrivacyPage() {
  return (
    <article className="shop-prose">
      <h1>Privacy</h1>
      <p>
        This shop measures how fast its pages are and what breaks on them, in its own database and for nobody
        else. There is no cookie and no account of you, what you type is never read, and after two days
        nothing tells whose visit it was.
      </p>
      <MeasuringSwitch />
      <p>
        A browser that sends Global Privacy Control has said no already. Your cart, and a no given here, stay
        on this device.
      </p>
    </article>
  );
}
