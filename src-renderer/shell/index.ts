/**
 * The frame around every view: rail, breadcrumbs, panes, inspector, status line, palette and
 * shortcuts. Features are loaded when they are first shown.
 */
export { App } from './App.tsx';
export { openAhead } from './open-ahead.ts';
