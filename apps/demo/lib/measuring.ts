/** public/static.html reads it too. */
const KEY = 'lampyre-measuring';

/** Whether the visitor has said no on this device. Without an answer the shop measures: it keeps nothing of who it was. */
export function isMeasuringRefused(): boolean {
  return localStorage.getItem(KEY) === 'off';
}

/** Only the no is written down. */
export function rememberMeasuring(isAllowed: boolean): void {
  if (isAllowed) {
    localStorage.removeItem(KEY);
  } else {
    localStorage.setItem(KEY, 'off');
  }
}
