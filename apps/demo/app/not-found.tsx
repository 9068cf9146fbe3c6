import Link from 'next/link';
import { ShopFrame } from '../components/ShopFrame';

export default function NotFound() {
  return (
    <ShopFrame>
      <h1>Nothing here</h1>
      <p>
        The lamp over this page is out. <Link href="/catalogue">Try the catalogue.</Link>
      </p>
    </ShopFrame>
  );
}
