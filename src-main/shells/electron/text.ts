/** The words of the shell itself: its menu and its dialogs. The window has its own. */

const english = {
  file: 'File',
  newWindow: 'New Window',
  openFolder: 'Open Folder…',
  openRecent: 'Open Recent',
  noRecent: 'No Recent Folders',
  closeFolder: 'Close Folder',
  closeWindow: 'Close Window',
  settings: 'Settings…',
  quit: 'Quit Cairn',
  edit: 'Edit',
  view: 'View',
  search: 'Search…',
  reload: 'Reload',
  developerTools: 'Developer Tools',
  actualSize: 'Actual Size',
  zoomIn: 'Zoom In',
  zoomOut: 'Zoom Out',
  fullScreen: 'Full Screen',
  theme: 'Theme',
  themeSystem: 'As the System',
  themeLight: 'Light',
  themeDark: 'Dark',
  window: 'Window',
  help: 'Help',
  keys: 'Keyboard Shortcuts',
  about: 'About Cairn',
  pickFolder: 'Open a folder',
  open: 'Open',
  coreFell: 'Cairn cannot go on in this window',
  coreFellDetail:
    'The part that reads the folder ended several times in a row. Runs are not affected. Try again, or close the window.',
  pageFell: 'The window stopped working several times in a row.',
  tryAgain: 'Try Again',
};

export type ShellText = Readonly<Record<keyof typeof english, string>>;

const chinese: ShellText = {
  file: '文件',
  newWindow: '新建窗口',
  openFolder: '打开文件夹…',
  openRecent: '最近打开',
  noRecent: '没有最近的文件夹',
  closeFolder: '关闭文件夹',
  closeWindow: '关闭窗口',
  settings: '设置…',
  quit: '退出 Cairn',
  edit: '编辑',
  view: '视图',
  search: '搜索…',
  reload: '重新加载',
  developerTools: '开发者工具',
  actualSize: '实际大小',
  zoomIn: '放大',
  zoomOut: '缩小',
  fullScreen: '全屏',
  theme: '主题',
  themeSystem: '跟随系统',
  themeLight: '浅色',
  themeDark: '深色',
  window: '窗口',
  help: '帮助',
  keys: '键盘快捷键',
  about: '关于 Cairn',
  pickFolder: '打开文件夹',
  open: '打开',
  coreFell: 'Cairn 无法在此窗口中继续',
  coreFellDetail:
    '读取文件夹的部分接连多次意外退出。正在进行的运行不受影响。请重试，或关闭此窗口。',
  pageFell: '窗口接连多次停止工作。',
  tryAgain: '重试',
};

/** @param locale as Electron names it: `zh-CN`, `en-GB` */
export function shellText(locale: string): ShellText {
  return /^zh\b/i.test(locale) ? chinese : english;
}
