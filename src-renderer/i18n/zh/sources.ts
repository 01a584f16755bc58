import type { sources as english } from '../en/sources.ts';
import type { Translated } from '../types.ts';

export const sources: Translated<typeof english> = {
  title: '来源',
  hint: '其他工具记录的运行，就地读取',
  look: '重新查找',
  readAll: '全部重新读取',
  readAllHint: '忘记每个来源读到了哪里，从头读取。',
  read_other: '读取了 {{count}} 个运行',
  nothingNew: '没有变化',
  none: '这里没有其他工具的运行',
  noneText:
    'MLflow、TensorBoard、DVCLive、W&B 等工具保存运行的文件夹和文件会被自动找到，其中的运行与你的运行列在一起。不会向其中写入任何内容。',
  column: {
    path: '位置',
    kind: '类型',
    runs: '运行',
    state: '状态',
    readAt: '最近更新',
    action: '操作',
  },
  root: '当前文件夹',
  again: '重新读取',
  state: {
    fine: '已读取',
    gone: '已消失',
    problem: '无法读取',
    skipped: '跳过 {{count}} 项',
    waiting: '尚未读取',
  },
  goneRuns_other: '其中 {{count}} 个运行已不在',
  skippedTitle: '略去的内容及原因',
  showing: '前 {{shown}} 项，共 {{total}} 项',
  origin: '来自',
  originPart: '也见于',
  originGone: '已不在那里',
  lastWritten: '最后写入',
  artifacts: { title: '产物', modified: '修改时间', copyFolder: '复制文件夹路径' },
};
