/** Any number of rows of different heights in a scrolled box, of which those in sight are drawn. */
export { useVirtualRows } from './use-virtual-rows.ts';
