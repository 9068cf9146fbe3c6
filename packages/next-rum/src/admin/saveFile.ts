/** ms after which what was saved is let go of: Safari reads it some time after the click. */
const KEPT_MS = 60_000;

/** Has the browser save a text that it holds already. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
