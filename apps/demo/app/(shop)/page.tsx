import Link from 'next/link';
import { LampArt } from '../../components/LampArt';
import { ProductCard } from '../../components/ProductCard';
import { PRODUCTS } from '../../lib/products';

const FEATURED = PRODUCTS.slice(0, 4);

export default function HomePage() {
  return (
    <>
      <section className="shop-hero">
        <div>
          <h1>Light that knows when to be quiet.</h1>
          <p>
            Twelve lamps, made in small numbers. Pick one, and see what your visit looks like from the other
            side.
          </p>
          <div className="shop-ways">
            <Link href="/catalogue" className="shop-button">
              See all lamps
            </Link>
            <Link href="/lamp-of-the-week">Lamp of the week</Link>
          </div>
        </div>
        <LampArt product={{ name: 'Ember', shape: 'dome', hue: 28 }} />
      </section>
      <h2>New this season</h2>
      <ul className="shop-grid">
        {FEATURED.map((product) => (
          <ProductCard key={product.id} product={product} />
        ))}
      </ul>
    </>
  );
}
