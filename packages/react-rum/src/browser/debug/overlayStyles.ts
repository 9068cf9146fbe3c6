/** Of the overlay, inside its shadow root. */
export const OVERLAY_STYLES = `
:host {
  all: initial;
  --surface: #fffefb;
  --raised: #f4f1ea;
  --line: #d8d2c6;
  --text: #23201b;
  --muted: #655f55;
  --accent: #4b3bb0;
  --good: #0b7a3e;
  --improve: #955400;
  --poor: #c0221c;
  --shadow: 0 1px 2px rgb(40 30 10 / 12%), 0 8px 28px rgb(40 30 10 / 18%);
  color-scheme: light;
}
@media (prefers-color-scheme: dark) {
  :host {
    --surface: #1d1b19;
    --raised: #2a2724;
    --line: #433e38;
    --text: #f3eee6;
    --muted: #b1a99d;
    --accent: #b6a9ff;
    --good: #54c98b;
    --improve: #f2b441;
    --poor: #ff857a;
    --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 8px 28px rgb(0 0 0 / 55%);
    color-scheme: dark;
  }
}
* {
  box-sizing: border-box;
}
[hidden] {
  display: none !important;
}
aside {
  position: fixed;
  z-index: 2147483647;
  max-width: calc(100vw - 16px);
  max-height: min(460px, calc(100dvh - 16px));
  display: flex;
  flex-direction: column;
  overflow: hidden;
  background: var(--surface);
  color: var(--text);
  border: 1px solid var(--line);
  border-radius: 12px;
  box-shadow: var(--shadow);
  font: 12px/1.45 system-ui, sans-serif;
  font-variant-numeric: tabular-nums;
}
aside[data-open] {
  width: 348px;
}
aside[data-corner^='bottom'] {
  bottom: max(8px, env(safe-area-inset-bottom));
}
aside[data-corner^='top'] {
  top: max(8px, env(safe-area-inset-top));
}
aside[data-corner$='right'] {
  right: max(8px, env(safe-area-inset-right));
}
aside[data-corner$='left'] {
  left: max(8px, env(safe-area-inset-left));
}
button {
  all: unset;
  cursor: pointer;
  border-radius: 8px;
}
button:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: -2px;
}
button:hover {
  background: var(--raised);
}
header {
  display: flex;
  align-items: center;
  gap: 2px;
  padding: 3px;
}
aside[data-open] header {
  border-bottom: 1px solid var(--line);
}
.toggle {
  flex: 1;
  min-width: 0;
  display: flex;
  align-items: center;
  gap: 10px;
  min-height: 28px;
  padding: 0 9px;
}
.badge {
  color: var(--accent);
  font-weight: 700;
  letter-spacing: 0.04em;
}
.short {
  white-space: nowrap;
}
.place {
  flex: 1;
  min-width: 0;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}
.icon {
  flex: none;
  width: 28px;
  height: 28px;
  display: grid;
  place-items: center;
  color: var(--muted);
}
.icon:hover {
  color: var(--text);
}
svg {
  width: 16px;
  height: 16px;
  fill: none;
  stroke: currentcolor;
  stroke-width: 1.5;
  stroke-linecap: round;
  stroke-linejoin: round;
}
.body {
  overflow-y: auto;
  overscroll-behavior: contain;
  padding: 10px;
  display: grid;
  gap: 10px;
}
.vitals {
  display: grid;
  grid-template-columns: repeat(3, minmax(0, 1fr));
  gap: 6px;
  margin: 0;
}
.vital {
  padding: 6px 8px 7px;
  background: var(--raised);
  border-radius: 8px;
}
dt {
  color: var(--muted);
}
dd {
  margin: 0;
  min-width: 0;
  overflow-wrap: anywhere;
}
.value {
  font-size: 16px;
  font-weight: 600;
  line-height: 1.3;
}
.rating {
  font-size: 11px;
  font-weight: 600;
  white-space: nowrap;
}
.mark {
  display: inline-block;
  width: 8px;
  height: 8px;
  margin-right: 5px;
  background: var(--muted);
  border-radius: 50%;
  opacity: 0.45;
}
[data-rating] .mark {
  background: currentcolor;
  opacity: 1;
}
[data-rating='good'] .rating,
[data-rating='good'] .mark {
  color: var(--good);
}
[data-rating='needs improvement'] .rating,
[data-rating='needs improvement'] .mark {
  color: var(--improve);
}
[data-rating='needs improvement'] .mark {
  border-radius: 0;
  clip-path: polygon(50% 0, 100% 100%, 0 100%);
}
[data-rating='poor'] .rating,
[data-rating='poor'] .mark {
  color: var(--poor);
}
[data-rating='poor'] .mark {
  border-radius: 1px;
}
.facts {
  display: grid;
  grid-template-columns: auto minmax(0, 1fr);
  gap: 4px 10px;
  margin: 0;
}
.id {
  font: 11px/1.6 ui-monospace, monospace;
  user-select: all;
}
.note,
.of {
  margin: 0;
  color: var(--muted);
}
.note {
  padding: 6px 8px;
  border-left: 3px solid var(--improve);
  background: var(--raised);
  border-radius: 2px 8px 8px 2px;
  color: var(--text);
}
@media (forced-colors: active) {
  .mark {
    forced-color-adjust: none;
  }
}
@media print {
  aside {
    display: none;
  }
}
`;
