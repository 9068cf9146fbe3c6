export { createOfflineFetch } from './createOfflineFetch.js';
