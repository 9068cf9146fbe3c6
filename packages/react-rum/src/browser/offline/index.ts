export { createOffline } from './createOffline.js';
