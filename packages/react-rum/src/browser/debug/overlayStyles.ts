/** Of the frame, in the shadow root that it lies in. */
export const FRAME_STYLES = `
:host {
  all: initial;
}
iframe {
  position: fixed;
  inset: 0 auto auto 0;
  z-index: 2147483647;
  border: 0;
  border-radius: 12px;
  box-shadow: 0 1px 2px rgb(40 30 10 / 14%), 0 8px 28px rgb(40 30 10 / 20%);
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  iframe {
    box-shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 8px 28px rgb(0 0 0 / 55%);
  }
}
@media print {
  iframe {
    display: none;
  }
}
`;

/** Of the document in the frame. */
export const PANEL_STYLES = `
:root {
  --surface: #fffefb;
  --raised: #f4f1ea;
  --line: #d8d2c6;
  --text: #23201b;
  --muted: #655f55;
  --accent: #4b3bb0;
  --good: #0b7a3e;
  --improve: #955400;
  --poor: #c0221c;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --surface: #1d1b19;
    --raised: #2a2724;
    --line: #4a443d;
    --text: #f3eee6;
    --muted: #b1a99d;
    --accent: #b6a9ff;
    --good: #54c98b;
    --improve: #f2b441;
    --poor: #ff857a;
  }
}
* {
  box-sizing: border-box;
}
[hidden] {
  display: none !important;
}
body {
  margin: 0;
  overflow: hidden;
}
aside {
  position: absolute;
  width: max-content;
  display: flex;
  flex-direction: column;
  overflow: hidden;
  background: var(--surface);
  color: var(--text);
  border: 1px solid var(--line);
  border-radius: 12px;
  font: 12px/1.45 system-ui, sans-serif;
  font-variant-numeric: tabular-nums;
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
  flex: none;
  display: flex;
  align-items: center;
  gap: 2px;
  padding: 3px;
}
[data-open] header {
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
  color: var(--muted);
}
.mark {
  display: inline-block;
  width: 8px;
  height: 8px;
  margin-right: 5px;
  background: currentcolor;
  border-radius: 50%;
  forced-color-adjust: none;
}
.mark:not([data-rating] *) {
  opacity: 0.4;
}
[data-rating='good'] :is(.rating, .mark) {
  color: var(--good);
}
[data-rating='needs improvement'] :is(.rating, .mark) {
  color: var(--improve);
}
[data-rating='needs improvement'] .mark {
  border-radius: 0;
  clip-path: polygon(50% 0, 100% 100%, 0 100%);
}
[data-rating='poor'] :is(.rating, .mark) {
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
.of {
  margin: 0;
  color: var(--muted);
}
.note {
  margin: 0;
  padding: 6px 8px;
  border-left: 3px solid var(--improve);
  background: var(--raised);
  border-radius: 2px 8px 8px 2px;
}
`;
