import type { ReactElement } from 'react';
import { kindLabel } from './actionWords.js';

interface ActionNameProps {
  readonly name: string;
  readonly kind: string;
  readonly target: string;
}

/** What was done, and to what. */
export function ActionName({ name, kind, target }: ActionNameProps): ReactElement {
  return (
    <span className="rum-figure-name">
      <bdi title={name}>{name}</bdi>
      <small title={target}>
        {kindLabel(kind)} · <bdi>{target}</bdi>
      </small>
    </span>
  );
}
