import type { Product, Shape } from '../lib/products';

const SHADES: { readonly [shape in Shape]: string } = {
  globe: 'M100 58a34 34 0 1 0 .1 0z',
  cone: 'M78 62h44l26 62H52z',
  dome: 'M50 118a50 50 0 0 1 100 0z',
  tube: 'M84 48h32a8 8 0 0 1 8 8v72a8 8 0 0 1-8 8H84a8 8 0 0 1-8-8V56a8 8 0 0 1 8-8z',
  lantern: 'M74 52h52l12 18v46l-12 18H74l-12-18V70z',
  arc: 'M112 96a30 30 0 0 1 60 0z',
};

/** A product's picture, drawn. */
export function LampArt({ product }: { readonly product: Pick<Product, 'shape' | 'hue' | 'name'> }) {
  const { shape, hue } = product;
  const stem = shape === 'arc' ? 'M70 196V92c0-36 72-40 72 2' : 'M100 196V60';
  return (
    <svg
      className="shop-art"
      viewBox="0 0 200 220"
      preserveAspectRatio="xMidYMid slice"
      role="img"
      aria-label={`${product.name}, a lamp`}
    >
      <rect width="200" height="220" fill={`hsl(${hue} 42% var(--art-ground))`} />
      <circle cx={shape === 'arc' ? 142 : 100} cy="112" r="74" fill={`hsl(${hue} 85% 72%)`} opacity=".22" />
      <circle cx={shape === 'arc' ? 142 : 100} cy="112" r="52" fill={`hsl(${hue} 90% 78%)`} opacity=".3" />
      <path d={stem} fill="none" stroke={`hsl(${hue} 22% 34%)`} strokeWidth="5" strokeLinecap="round" />
      <path d={SHADES[shape]} fill={`hsl(${hue} 62% 58%)`} />
      <rect
        x={shape === 'arc' ? 46 : 66}
        y="194"
        width={shape === 'arc' ? 48 : 68}
        height="9"
        rx="4.5"
        fill={`hsl(${hue} 22% 34%)`}
      />
    </svg>
  );
}
