/** NUL, which PostgreSQL refuses in any text, and halves of surrogate pairs, which no UTF-8 can carry. */
const UNSTORABLE = /\0|\p{Surrogate}/gu;
const MAYBE_UNSTORABLE = /[\0\ud800-\udfff]/;

/** Cuts a text to `maxLength` UTF-16 code units and takes out what a database cannot store. */
export function cleanText(text: string, maxLength: number): string {
  const cut = text.length > maxLength ? text.slice(0, maxLength) : text;
  return MAYBE_UNSTORABLE.test(cut) ? cut.replace(UNSTORABLE, '') : cut;
}
