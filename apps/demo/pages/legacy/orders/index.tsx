import Link from 'next/link';

const ORDERS = ['L-1042', 'L-1187', 'L-2001'];

/** Orders from before the shop moved to the App Router. */
export default function OrdersPage() {
  return (
    <>
      <h1>Past orders</h1>
      <ul className="shop-list">
        {ORDERS.map((order) => (
          <li key={order}>
            <Link href={`/legacy/orders/${order}`}>{order}</Link>
          </li>
        ))}
      </ul>
    </>
  );
}
