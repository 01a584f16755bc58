import type { en } from '../i18n/en/index.ts';

/** One line of the shortcut sheet: what it does and the keys, alternatives side by side. */
export interface Shortcut {
  readonly text: Exclude<keyof typeof en.shell.shortcuts, 'title' | 'everywhere' | 'lists'>;
  readonly keys: readonly (readonly string[])[];
}

export const everywhere: readonly Shortcut[] = [
  { text: 'palette', keys: [['mod', 'K']] },
  {
    text: 'views',
    keys: [
      ['mod', '1…9'],
      ['alt', '1…9'],
    ],
  },
  {
    text: 'laterViews',
    keys: [
      ['alt', '0'],
      ['mod', ','],
    ],
  },
  { text: 'back', keys: [['alt', 'left']] },
  { text: 'forward', keys: [['alt', 'right']] },
  {
    text: 'newTab',
    keys: [
      ['mod', 'T'],
      ['alt', 'T'],
    ],
  },
  {
    text: 'closeTab',
    keys: [
      ['mod', 'W'],
      ['alt', 'W'],
    ],
  },
  {
    text: 'reopenTab',
    keys: [
      ['mod', 'shift', 'T'],
      ['alt', 'shift', 'T'],
    ],
  },
  {
    text: 'nextTab',
    keys: [
      ['Ctrl', 'Tab'],
      ['alt', 'PgDn'],
      ['alt', 'PgUp'],
    ],
  },
  { text: 'beside', keys: [['mod', '\\']] },
  { text: 'panes', keys: [['F6']] },
  { text: 'newRun', keys: [['shift', 'R']] },
  { text: 'inspector', keys: [[']']] },
  { text: 'undo', keys: [['mod', 'Z']] },
  { text: 'redo', keys: [['mod', 'shift', 'Z']] },
  {
    text: 'textSize',
    keys: [
      ['mod', '+'],
      ['mod', '−'],
      ['mod', '0'],
    ],
  },
  { text: 'filter', keys: [['/']] },
  { text: 'help', keys: [['?'], ['mod', '/']] },
  { text: 'escape', keys: [['Esc']] },
];

export const inLists: readonly Shortcut[] = [
  { text: 'move', keys: [['J'], ['K'], ['down'], ['up']] },
  { text: 'edges', keys: [['Home'], ['End']] },
  { text: 'open', keys: [['Enter']] },
  { text: 'openInTab', keys: [['mod', 'Enter']] },
  { text: 'select', keys: [['X'], ['space']] },
  {
    text: 'range',
    keys: [
      ['shift', 'down'],
      ['shift', 'up'],
    ],
  },
  { text: 'compare', keys: [['C']] },
  { text: 'diff', keys: [['D']] },
  { text: 'again', keys: [['R']] },
  { text: 'note', keys: [['N']] },
  { text: 'star', keys: [['S']] },
  { text: 'trash', keys: [['Delete']] },
  { text: 'export', keys: [['E']] },
  {
    text: 'renumber',
    keys: [
      ['alt', 'up'],
      ['alt', 'down'],
    ],
  },
];
