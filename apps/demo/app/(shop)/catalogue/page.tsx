import type { Metadata } from 'next';
import { Catalogue } from '../../../components/Catalogue';
import { PRODUCTS } from '../../../lib/products';

export const metadata: Metadata = { title: 'Catalogue' };

export default function CataloguePage() {
  return (
    <>
      <h1>Catalogue</h1>
      <Catalogue products={PRODUCTS} />
    </>
  );
}
