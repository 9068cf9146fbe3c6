export interface CartLine {
  readonly id: string;
  readonly quantity: number;
}

const KEY = 'lampyre-cart';
const EMPTY: readonly CartLine[] = [];

const listeners = new Set<() => void>();
let lines: readonly CartLine[] | null = null;

/** The cart, for `useSyncExternalStore`: the same array until something changes. */
export function readCart(): readonly CartLine[] {
  lines ??= parseCart(localStorage.getItem(KEY));
  return lines;
}

/** What the server renders: nobody's cart. */
export function readServerCart(): readonly CartLine[] {
  return EMPTY;
}

export function subscribeToCart(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function addToCart(id: string): void {
  const line = readCart().find((candidate) => candidate.id === id);
  setQuantity(id, (line?.quantity ?? 0) + 1);
}

/** Zero takes the line out. */
export function setQuantity(id: string, quantity: number): void {
  const others = readCart().filter((line) => line.id !== id);
  write(quantity > 0 ? [...others, { id, quantity }] : others);
}

export function emptyCart(): void {
  write(EMPTY);
}

function write(next: readonly CartLine[]): void {
  lines = next;
  localStorage.setItem(KEY, JSON.stringify(next));
  for (const listener of listeners) {
    listener();
  }
}

function parseCart(text: string | null): readonly CartLine[] {
  const parsed: unknown = JSON.parse(text ?? '[]');
  return Array.isArray(parsed) ? parsed : EMPTY;
}
