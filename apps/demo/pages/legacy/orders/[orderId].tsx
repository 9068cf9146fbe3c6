import type { GetServerSideProps } from 'next';
import Link from 'next/link';

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
      <p>Delivered, and still shining.</p>
      <Link href="/legacy/orders">All orders</Link>
    </>
  );
}
