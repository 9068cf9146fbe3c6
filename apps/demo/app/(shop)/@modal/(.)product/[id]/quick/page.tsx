import { notFound } from 'next/navigation';
import { ProductDetail } from '../../../../../../components/ProductDetail';
import { QuickView } from '../../../../../../components/QuickView';
import { findProduct } from '../../../../../../lib/products';

export default async function QuickViewModal({ params }: { readonly params: Promise<{ id: string }> }) {
  const product = findProduct((await params).id);
  if (product === undefined) {
    notFound();
  }
  return (
    <QuickView sku={product.id}>
      <ProductDetail product={product} />
    </QuickView>
  );
}
