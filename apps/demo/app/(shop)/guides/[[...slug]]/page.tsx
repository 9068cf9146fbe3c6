import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { GUIDES, guidePath } from '../../../../lib/guides';

export const metadata: Metadata = { title: 'Guides' };

export function generateStaticParams(): { slug: string[] }[] {
  return [{ slug: [] }, ...GUIDES.map(({ slug }) => ({ slug: [...slug] }))];
}

export default async function GuidePage({ params }: { readonly params: Promise<{ slug?: string[] }> }) {
  const { slug = [] } = await params;
  if (slug.length === 0) {
    return (
      <>
        <h1>Guides</h1>
        <ul className="shop-list">
          {GUIDES.map((guide) => (
            <li key={guidePath(guide)}>
              <Link href={guidePath(guide)}>{guide.title}</Link>
            </li>
          ))}
        </ul>
      </>
    );
  }
  const guide = GUIDES.find((candidate) => candidate.slug.join('/') === slug.join('/'));
  if (guide === undefined) {
    notFound();
  }
  return (
    <article className="shop-prose">
      <h1>{guide.title}</h1>
      {guide.text.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <Link href="/guides">All guides</Link>
    </article>
  );
}
