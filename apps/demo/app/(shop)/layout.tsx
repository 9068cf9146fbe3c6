import type { ReactNode } from 'react';
import { ShopFrame } from '../../components/ShopFrame';

export default function ShopLayout(props: { readonly children: ReactNode; readonly modal: ReactNode }) {
  return (
    <ShopFrame>
      {props.children}
      {props.modal}
    </ShopFrame>
  );
}
