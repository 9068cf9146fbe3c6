export { rumSpanProcessor } from './rumSpanProcessor.js';
