const BUTTONS = 40;
const LINKS = 10;
const ROWS = 300;
const PICTURES = 8;

/** The page that every agent runs on; only the agent's script differs. */
export function pageHtml(agent: string): string {
  const links = write(LINKS, (i) => `<a class="link" href="/${agent}/step/${i}">Section ${i}</a>`);
  // Faro records clicks on elements that carry a name for it; the others find names by themselves.
  const buttons = write(
    BUTTONS,
    (i) => `<button type="button" class="item" data-faro-user-action-name="add ${i}">Add item ${i}</button>`,
  );
  const rows = write(
    ROWS,
    (i) => `<li class="row"><strong>Article ${i}</strong> <span>in stock</span> <em>${i}.99</em></li>`,
  );
  const pictures = write(
    PICTURES,
    (i) => `<img src="/assets/picture-${i}.svg" alt="Picture ${i}" width="80" height="40">`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Shop</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/style.css">
<script>${CLOCK}</script>
<script src="/agents/${agent}.js"></script>
</head>
<body>
<header><h1>Shop</h1><nav>${links}</nav>${pictures}</header>
<main>
<output id="count">0</output>
<div class="items">${buttons}</div>
<section id="panel"><h2>Start</h2></section>
<ol>${rows}</ol>
</main>
<script src="/assets/vendor.js"></script>
<script src="/assets/app.js"></script>
</body>
</html>`;
}

/** Confines what a click changes, so that the page's own work does not drown the agents'. */
export const STYLE = `
body { font: 14px sans-serif; margin: 16px; }
nav a { display: inline-block; padding: 4px 8px; }
output { display: block; width: 80px; height: 20px; contain: strict; }
.items { display: grid; grid-template-columns: repeat(8, 150px); gap: 8px; contain: content; }
.item { appearance: none; height: 32px; border: 1px solid; background: none; cursor: default; outline: none; }
#panel { height: 120px; contain: strict; }
ol { contain: content; }
`;

export const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40"><rect width="80" height="40" fill="#c63"/></svg>';

/** Before the agent: takes the time from the first to the last listener of a click, and notes what is thrown. */
const CLOCK = `
window.bench = { listenersMs: [], thrown: [] };
addEventListener('error', (event) => bench.thrown.push(event.message));
addEventListener('unhandledrejection', (event) => bench.thrown.push(String(event.reason)));
for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
  addEventListener(type, () => { bench.dispatchedAt = performance.now(); }, true);
}`;

/** What the shop does: counts clicks, turns pages, asks for an article. */
export const APP = `
const count = document.getElementById('count');
const panel = document.getElementById('panel');
let clicks = 0;
let steps = 0;

async function loadArticle(id) {
  const response = await fetch('/api/articles/' + id);
  return (await response.json()).title;
}

document.querySelector('main').addEventListener('click', (event) => {
  if (event.target.closest('.item')) count.textContent = String(++clicks);
});
document.querySelector('nav').addEventListener('click', async (event) => {
  const link = event.target.closest('.link');
  if (!link) return;
  event.preventDefault();
  const step = ++steps;
  history.pushState({ step }, '', link.pathname + '-' + step);
  const heading = document.createElement('h2');
  heading.textContent = await loadArticle(step);
  const list = document.createElement('ul');
  for (let i = 0; i < 20; i += 1) {
    const entry = document.createElement('li');
    entry.textContent = 'Line ' + i + ' of step ' + step;
    list.append(entry);
  }
  panel.replaceChildren(heading, list);
});

let spent = 0;
for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
  addEventListener(type, () => {
    spent += performance.now() - bench.dispatchedAt;
    if (type === 'click') bench.listenersMs.push(spent);
    if (type === 'click') spent = 0;
  });
}
loadArticle(0);
`;

function write(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}
