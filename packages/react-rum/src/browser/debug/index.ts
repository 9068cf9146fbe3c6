export { createDebug } from './createDebug.js';
