export type Shape = 'globe' | 'cone' | 'dome' | 'tube' | 'lantern' | 'arc';

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly line: string;
  /** Euro cents. */
  readonly price: number;
  readonly shape: Shape;
  /** Hue of the shade, degrees. */
  readonly hue: number;
  readonly onSale?: boolean;
}

export const PRODUCTS: readonly Product[] = [
  {
    id: 'ember',
    name: 'Ember',
    line: 'A table lamp that never hurries',
    price: 8900,
    shape: 'dome',
    hue: 24,
  },
  { id: 'halo', name: 'Halo', line: 'One ring, even light', price: 12900, shape: 'globe', hue: 205 },
  { id: 'pine', name: 'Pine', line: 'Paper shade, oiled wood', price: 7400, shape: 'cone', hue: 148 },
  { id: 'quill', name: 'Quill', line: 'A reading lamp with reach', price: 15900, shape: 'arc', hue: 348 },
  {
    id: 'dusk',
    name: 'Dusk',
    line: 'Warm to 1,800 K',
    price: 9900,
    shape: 'lantern',
    hue: 268,
    onSale: true,
  },
  {
    id: 'reed',
    name: 'Reed',
    line: 'Stands where sofas end',
    price: 18900,
    shape: 'tube',
    hue: 84,
    onSale: true,
  },
  {
    id: 'moss',
    name: 'Moss',
    line: 'Low, green and calm',
    price: 6900,
    shape: 'dome',
    hue: 124,
    onSale: true,
  },
  { id: 'comet', name: 'Comet', line: 'A pendant with a tail', price: 21900, shape: 'cone', hue: 228 },
  {
    id: 'pearl',
    name: 'Pearl',
    line: 'Blown glass, opal white',
    price: 13900,
    shape: 'globe',
    hue: 40,
    onSale: true,
  },
  {
    id: 'harbour',
    name: 'Harbour',
    line: 'For the porch and the rain',
    price: 11900,
    shape: 'lantern',
    hue: 190,
  },
  { id: 'crane', name: 'Crane', line: 'Leans over your desk', price: 16900, shape: 'arc', hue: 12 },
  // Its address, /product/product, is one that guessing a route from a path gets wrong.
  { id: 'product', name: 'Product', line: 'Named by an engineer', price: 4900, shape: 'tube', hue: 300 },
];

export function findProduct(id: string): Product | undefined {
  return PRODUCTS.find((product) => product.id === id);
}

/** Every product whose name or line holds every word of the query; none for an empty query. */
export function searchProducts(query: string): readonly Product[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return [];
  }
  return PRODUCTS.filter((product) => {
    const text = `${product.name} ${product.line} ${product.shape}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export function formatPrice(cents: number): string {
  return new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' }).format(cents / 100);
}
