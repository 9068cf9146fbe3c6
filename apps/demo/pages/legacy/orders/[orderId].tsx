import type { GetServerSideProps } from 'next';
import Link from 'next/link';
import { Parcel } from '../../../components/Parcel';

interface Props {
  readonly orderId: string;
}

export const getServerSideProps: GetServerSideProps<Props> = async ({ params }) => ({
  props: { orderId: String(params?.orderId) },
});

export default function OrderPage({ orderId }: Props) {
  return (
    <>
      <h1>Order {orderId}</h1>
      <Parcel orderId={orderId} />
      <Link href="/legacy/orders">All orders</Link>
    </>
  );
}
