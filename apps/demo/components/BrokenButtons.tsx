'use client';

export function BrokenButtons() {
  return (
    <div className="shop-filters">
      <button
        type="button"
        onClick={() => {
          throw new TypeError('The switch came off in my hand');
        }}
      >
        Flip the switch
      </button>
      <button
        type="button"
        onClick={() => {
          void Promise.reject(new Error('The bulb never answered'));
        }}
      >
        Ask the bulb
      </button>
    </div>
  );
}
