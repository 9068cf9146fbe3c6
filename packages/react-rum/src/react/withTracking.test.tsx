// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { Component, createRef, forwardRef, type Ref } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetRecorder, type RecordedCalls, recordCalls } from '../testing/recordCalls.js';
import { withTracking } from './withTracking.js';

let told: RecordedCalls;
beforeEach(() => {
  told = recordCalls();
});
afterEach(() => {
  cleanup();
  forgetRecorder();
});

function Reviews({ sku, ref }: { sku: string; ref?: Ref<HTMLElement> }) {
  return <section ref={ref}>{sku}</section>;
}
class Cart extends Component<{ count: number }> {
  override render() {
    return <p>{this.props.count}</p>;
  }
}
const Field = forwardRef<HTMLInputElement, { label: string }>(({ label }, ref) => (
  <input ref={ref} aria-label={label} />
));
Field.displayName = 'Field';

test('passes props and ref on, whatever kind of component it is', () => {
  const TrackedReviews = withTracking(Reviews);
  const TrackedCart = withTracking(Cart);
  const TrackedField = withTracking(Field);
  const section = createRef<HTMLElement>();
  const cart = createRef<Cart>();
  const input = createRef<HTMLInputElement>();
  const { container } = render(
    <>
      <TrackedReviews ref={section} sku="lamp" />
      <TrackedCart ref={cart} count={3} />
      <TrackedField ref={input} label="name" />
    </>,
  );
  expect(container.innerHTML).toBe('<section>lamp</section><p>3</p><input aria-label="name">');
  expect(section.current?.textContent).toBe('lamp');
  expect(cart.current).toBeInstanceOf(Cart);
  expect(input.current?.tagName).toBe('INPUT');
  // @ts-expect-error its prop is missing
  expect(<TrackedReviews />).toBeTruthy();
});

test('is called like the component, unless it is given a name', () => {
  const Anonymous = withTracking(
    (
      () => () =>
        null
    )(),
  );
  const Named = withTracking(Reviews, { name: 'reviews', visible: true });
  expect(withTracking(Field).displayName).toBe('Field');
  expect(Named.displayName).toBe('Reviews');
  render(
    <>
      <Anonymous />
      <Named sku="lamp" />
    </>,
  );
  expect(told.timings.map(({ name }) => name)).toEqual(['component', 'reviews']);
});
