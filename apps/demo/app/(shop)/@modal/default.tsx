/** No quick view is open. */
export default function NoModal() {
  return null;
}
