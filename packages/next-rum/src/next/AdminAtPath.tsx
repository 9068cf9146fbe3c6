'use client';

import { usePathname } from 'next/navigation.js';
import type { ReactElement } from 'react';
import { AdminRoot, type AdminRootProps } from '../admin/AdminRoot.js';

interface AdminAtPathProps extends Omit<AdminRootProps, 'initialPath'> {
  readonly basePath: string;
  readonly trailingSlash: boolean;
}

/** Tells the admin where it is mounted, which only the browser's half of Next knows. */
export function AdminAtPath({ basePath, trailingSlash, ...admin }: AdminAtPathProps): ReactElement {
  const path = usePathname() ?? '';
  const ended = trailingSlash && !path.endsWith('/') ? `${path}/` : path;
  return <AdminRoot initialPath={`${basePath}${ended}`} {...admin} />;
}
