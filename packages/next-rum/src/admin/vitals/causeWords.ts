/** Names of parts and kinds of causes in words; one that is not listed is shown with its words taken apart. */
const WORDS: { readonly [name: string]: string } = {
  timeToFirstByte: 'Time to first byte',
  resourceLoadDelay: 'Resource load delay',
  resourceLoadDuration: 'Resource load duration',
  elementRenderDelay: 'Element render delay',
  inputDelay: 'Input delay',
  processingDuration: 'Processing',
  presentationDelay: 'Presentation delay',
  waitingDuration: 'Waiting',
  cacheDuration: 'Cache',
  dnsDuration: 'DNS',
  connectionDuration: 'Connection',
  requestDuration: 'Request',
  firstByteToFCP: 'First byte to first paint',
  element: 'Elements',
  url: 'Resources',
  target: 'Elements',
  event: 'Events',
  script: 'Longest scripts',
  function: 'Functions',
  invoker: 'Called by',
  source: 'Elements that shift',
};

export function causeWords(name: string): string {
  return WORDS[name] ?? capital(name.replaceAll(/[_-]|(?=[A-Z])/g, ' ').toLowerCase());
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
