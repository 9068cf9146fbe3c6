export { startDebug } from './startDebug.js';
