/** What is seen of an element: share of it, and its height inside the viewport in CSS pixels. */
export interface Seen {
  readonly ratio: number;
  readonly height?: number;
}

/** An `IntersectionObserver` that says what it is told to, because jsdom lays nothing out. */
export class FakeIntersectionObserver {
  static readonly all: Set<FakeIntersectionObserver> = new Set();
  readonly targets: Set<Element> = new Set();
  readonly #callback: (entries: object[]) => void;

  constructor(callback: (entries: object[]) => void) {
    this.#callback = callback;
    FakeIntersectionObserver.all.add(this);
  }
  observe(target: Element): void {
    this.targets.add(target);
  }
  unobserve(target: Element): void {
    this.targets.delete(target);
  }
  disconnect(): void {
    this.targets.clear();
    FakeIntersectionObserver.all.delete(this);
  }

  /** Tells whoever observes the element. */
  static show(target: Element, { ratio, height = 100 * ratio }: Seen): void {
    for (const observer of FakeIntersectionObserver.all) {
      if (!observer.targets.has(target)) continue;
      const intersectionRect = { height };
      observer.#callback([{ target, isIntersecting: ratio > 0, intersectionRatio: ratio, intersectionRect }]);
    }
  }
}
