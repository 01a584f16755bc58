/** The native menu. */
import type { MenuItemConstructorOptions } from 'electron';
import type { ShellMenuItem } from '../../contract/shell.ts';
import type { RecentFolder } from './core-messages.ts';
import type { ShellText } from './text.ts';

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  readonly text: ShellText;
  readonly recents: readonly RecentFolder[];
}

export interface MenuActions {
  newWindow(): void;
  /** Asks for a folder. */
  openFolder(): void;
  openRecent(path: string): void;
  closeWindow(): void;
  /** The window in front carries it out. */
  send(item: ShellMenuItem): void;
}

type Item = MenuItemConstructorOptions;

const separator: Item = { type: 'separator' };

/** The template of the menu. Items that tests and scripts use have ids. */
export function menuTemplate(options: MenuOptions, actions: MenuActions): Item[] {
  const { text } = options;
  const mac = options.platform === 'darwin';
  return [
    ...(mac ? [applicationMenu(text, actions)] : []),
    { label: text.file, submenu: fileMenu(options, actions) },
    { label: text.edit, role: 'editMenu' },
    { label: text.view, submenu: viewMenu(text, actions) },
    { label: text.window, role: 'windowMenu' },
    { label: text.help, role: 'help', submenu: helpMenu(text, mac, actions) },
  ];
}

function applicationMenu(text: ShellText, actions: MenuActions): Item {
  return {
    role: 'appMenu',
    submenu: [
      { label: text.about, role: 'about' },
      separator,
      settingsItem(text, actions),
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { label: text.quit, role: 'quit' },
    ],
  };
}

function fileMenu({ platform, text, recents }: MenuOptions, actions: MenuActions): Item[] {
  const recent = recents.map(
    ({ path }, index): Item => ({
      id: `recent-${index}`,
      label: path,
      click: () => actions.openRecent(path),
    }),
  );
  const none: Item = { label: text.noRecent, enabled: false };
  const item = (label: string, id: ShellMenuItem, accelerator?: string): Item => ({
    id,
    label,
    accelerator,
    click: () => actions.send(id),
  });
  return [
    {
      id: 'new-window',
      label: text.newWindow,
      accelerator: 'CmdOrCtrl+Shift+N',
      click: () => actions.newWindow(),
    },
    pageItem(actions, 'new-tab', text.newTab, 'CmdOrCtrl+T'),
    pageItem(actions, 'reopen-tab', text.reopenTab, 'CmdOrCtrl+Shift+T'),
    {
      id: 'open-folder',
      label: text.openFolder,
      accelerator: 'CmdOrCtrl+O',
      click: () => actions.openFolder(),
    },
    { id: 'open-recent', label: text.openRecent, submenu: recent.length > 0 ? recent : [none] },
    separator,
    item(text.closeFolder, 'close-folder', 'CmdOrCtrl+Shift+W'),
    pageItem(actions, 'close-tab', text.closeTab, 'CmdOrCtrl+W'),
    // Without the role: its key is that of closing a tab.
    { id: 'close-window', label: text.closeWindow, click: () => actions.closeWindow() },
    ...(platform === 'darwin'
      ? []
      : [
          separator,
          settingsItem(text, actions),
          separator,
          { label: text.quit, role: 'quit' as const },
        ]),
  ];
}

/** An item whose key the page listens for itself; the menu only shows it. */
function pageItem(
  actions: MenuActions,
  id: ShellMenuItem,
  label: string,
  accelerator: string,
): Item {
  return { id, label, accelerator, registerAccelerator: false, click: () => actions.send(id) };
}

function settingsItem(text: ShellText, actions: MenuActions): Item {
  return {
    id: 'settings',
    label: text.settings,
    accelerator: 'CmdOrCtrl+,',
    click: () => actions.send('settings'),
  };
}

function viewMenu(text: ShellText, actions: MenuActions): Item[] {
  const theme = (id: ShellMenuItem, label: string): Item => ({
    id,
    label,
    click: () => actions.send(id),
  });
  return [
    pageItem(actions, 'search', text.search, 'CmdOrCtrl+K'),
    separator,
    {
      label: text.theme,
      submenu: [
        theme('theme-system', text.themeSystem),
        theme('theme-light', text.themeLight),
        theme('theme-dark', text.themeDark),
      ],
    },
    separator,
    pageItem(actions, 'text-usual', text.actualSize, 'CmdOrCtrl+0'),
    pageItem(actions, 'text-larger', text.zoomIn, 'CmdOrCtrl+Plus'),
    pageItem(actions, 'text-smaller', text.zoomOut, 'CmdOrCtrl+-'),
    { label: text.fullScreen, role: 'togglefullscreen' },
    separator,
    { id: 'reload', label: text.reload, role: 'reload' },
    { label: text.developerTools, role: 'toggleDevTools' },
  ];
}

function helpMenu(text: ShellText, mac: boolean, actions: MenuActions): Item[] {
  const about: Item = { id: 'about', label: text.about, click: () => actions.send('about') };
  return [
    { id: 'tour', label: text.tour, click: () => actions.send('tour') },
    { id: 'keys', label: text.keys, click: () => actions.send('keys') },
    ...(mac ? [] : [separator, about]),
  ];
}
