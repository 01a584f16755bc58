import type { welcome as english } from '../en/welcome.ts';
import type { Translated } from '../types.ts';

export const welcome: Translated<typeof english> = {
  title: '让每一次实验都有迹可循',
  lead: '直接打开一个项目文件夹即可。Cairn 会读取其中的 Git 历史、流水线、数据和运行记录，理清来龙去脉，不会运行或改动文件夹里的任何内容。',
  open: '打开文件夹…',
  openHint: '任何文件夹都行：Git、DVC、笔记本，或者只有脚本。',
  example: '试试示例项目',
  exampleHint: '企鹅：一个小数据集，四个阶段，两个值得调一调的参数。',
  recent: '最近打开的文件夹',
  noRecent: '打开过的文件夹会列在这里。',
  gone: '已不存在',
  forget: '从列表中移除 {{name}}',
  tour: {
    offer: '第一次使用？导览只需一分钟。',
    start: '带我看看',
    no: '不用了',
  },
  opening: '正在打开',
  reading: '正在读取文件夹…',
  browse: '打开文件夹',
  path: 'Cairn 所在机器上的文件夹',
  parent: '上级文件夹',
  go: '前往',
  openThis: '打开此文件夹',
  emptyFolder: '这里没有子文件夹。',
  project: '项目',
  showHidden: '显示隐藏文件夹',
};
