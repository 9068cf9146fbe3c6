import type { VitalName } from '../../protocol/index.js';

/** `812 ms`, `1.24 s` */
export function formatMs(ms: number): string {
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

/** `640 B`, `4.2 kB` */
export function formatBytes(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
}

export function formatVital(name: VitalName, value: number): string {
  return name === 'cls' ? value.toFixed(2) : formatMs(value);
}

/** `1 item`, `12 items` */
export function formatCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : noun.endsWith('h') ? 'es' : 's'}`;
}
