import { useTrackEvent } from '@rumkit/react-rum';

/** What the shop reports, and with which properties: a misspelt name or property does not compile. */
export type ShopEvents = {
  add_to_cart: { sku: string; price: number };
  quick_view: { sku: string };
  search: { results: number };
  checkout_start: { items: number; total: number };
  purchase: { orderId: string; items: number; total: number };
};

export function useShopEvent() {
  return useTrackEvent<ShopEvents>();
}
