import type { runPage as english } from '../en/run-page.ts';
import type { Translated } from '../types.ts';

export const runPage: Translated<typeof english> = {
  system: {
    none: '没有测量数据',
    noneBody:
      '运行超过一秒时，Cairn 会记录它占用的处理器、内存、磁盘、网络和显卡。MLflow 客户端记录的系统指标也显示在这里。',
    notYet: '开始一秒后才有第一批数据。',
    run: '本次运行',
    machine: '整台机器',
    card: '显卡 {{number}}',
    cpu: '处理器（核）',
    'cpu-percent': '处理器（%）',
    memory: '内存（{{unit}}）',
    'disk-read': '磁盘读取（{{unit}}/秒）',
    'disk-write': '磁盘写入（{{unit}}/秒）',
    'disk-free': '磁盘剩余（{{unit}}）',
    'net-in': '网络接收（{{unit}}/秒）',
    'net-out': '网络发送（{{unit}}/秒）',
    gpu: 'GPU（占用 %）',
    'gpu-memory': 'GPU 显存（{{unit}}）',
    'gpu-power': 'GPU 功率（瓦）',
    other: '其他',
  },
  lineage: {
    graph: '图',
    list: '列表',
    label: '血缘',
    none: '不知道这次运行从何而来',
    noneBody:
      '运行读写的文件、记录的数据集和模型，以及它所在的复现包，会在这里与前后的运行连起来。',
    back: '继续向前追溯',
    on: '继续向后追踪',
    hidden_other: '另有 {{count}} 个未显示',
    from: '来自 {{names}}',
    to: '通向 {{names}}',
    version: '版本 {{version}}',
    column: {
      makers: '由其生成',
      inputs: '输入',
      self: '本次运行',
      outputs: '输出',
      users: '被其使用',
    },
    kind: {
      run: '运行',
      file: '文件',
      dataset: '数据集',
      model: '已记录的模型',
      version: '模型版本',
      bundle: '复现包',
    },
  },
  shell: {
    here: '在此打开终端',
    code: '打开带有其代码的终端',
    opened: '已在 {{folder}} 打开终端',
    untrusted: '在不受信任的文件夹里打开终端？',
    untrustedBody:
      'Cairn 不会运行任何东西，但终端的提示符和工具可能会听从 {{folder}} 里的内容，例如其 Git 仓库的设置。',
    open: '打开终端',
  },
};
