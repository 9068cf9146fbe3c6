import { useQuery } from '@tanstack/react-query';

/** Where an order is, as its carrier says. */
export function Parcel({ orderId }: { readonly orderId: string }) {
  const { data, isError } = useQuery({
    queryKey: ['parcel', orderId],
    queryFn: async ({ signal }): Promise<{ state: string }> => {
      const response = await fetch(`/api/parcels/${orderId}`, { signal });
      if (!response.ok) {
        throw new Error(`The carrier answered ${response.status}`);
      }
      return response.json();
    },
    staleTime: 60_000,
  });
  return (
    <p role="status">{isError ? 'The carrier does not answer.' : (data?.state ?? 'Asking the carrier…')}</p>
  );
}
