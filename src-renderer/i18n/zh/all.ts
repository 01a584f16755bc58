/** Everything of Simplified Chinese, for whoever loads it. */
export { zh } from './index.ts';
export { zhSentences } from './sentences/index.ts';
