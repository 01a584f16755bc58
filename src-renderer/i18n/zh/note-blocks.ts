import type { noteBlocks as english } from '../en/note-blocks.ts';
import type { Translated } from '../types.ts';

export const noteBlocks: Translated<typeof english> = {
  label: '内容块：{{source}}',
  run: '运行',
  status: '状态',
  noRuns: '没有运行符合这个筛选条件。',
  runsOf_other: '共 {{count}} 次运行，显示 {{shown}} 次',
  openRuns: '在运行表格中打开',
  noCurve: '这些运行都没有 {{metrics}}。',
  more: '另有 {{count}} 项',
  nothing: '没有差异。',
  code_other: '{{count}} 个代码文件（+{{added}} −{{removed}}）',
  data_other: '{{count}} 个数据文件',
  environment_other: '环境有 {{count}} 处差异',
  openDiff: '打开对比',
  problem: {
    empty: '请写明要显示什么：table、chart 或 diff。',
    unknown: '没有“{{subject}}”这种内容块。可用的有 table、chart 和 diff。',
    noMetric: '请写出指标，例如：cairn chart loss。',
    notTwo: '请写出对比的两方，例如：cairn diff 01.1 01.2。',
    limit: '“{{subject}}”不是有效的运行数量。',
  },
};
