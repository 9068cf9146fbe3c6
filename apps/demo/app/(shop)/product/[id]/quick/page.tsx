import { notFound } from 'next/navigation';
import { ProductDetail } from '../../../../../components/ProductDetail';
import { findProduct } from '../../../../../lib/products';

/** The quick view when it is opened by its address; inside the shop it is shown over the page, see `@modal`. */
export default async function QuickViewPage({ params }: { readonly params: Promise<{ id: string }> }) {
  const product = findProduct((await params).id);
  if (product === undefined) {
    notFound();
  }
  return <ProductDetail product={product} />;
}
