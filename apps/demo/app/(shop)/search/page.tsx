import type { Metadata } from 'next';
import { SearchBox } from '../../../components/SearchBox';

export const metadata: Metadata = { title: 'Search' };

export default async function SearchPage({
  searchParams,
}: {
  readonly searchParams: Promise<{ q?: string | string[] }>;
}) {
  const { q } = await searchParams;
  return (
    <>
      <h1>Search</h1>
      <SearchBox initialQuery={typeof q === 'string' ? q : ''} />
    </>
  );
}
