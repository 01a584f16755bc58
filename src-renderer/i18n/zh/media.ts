/** What runs logged over steps. */
export const media = {
  none: '没有可查看的内容',
  noneText:
    '运行通过 TensorBoard、MLflow、W&B、trackio 或 DVCLive 按步数记录的图片、音频、文本和直方图会显示在这里。',
  find: '查找名称',
  beside: '并排显示其他运行…',
  more_other: '再显示 {{count}} 个',
  unmatched: '没有匹配的名称。',
  stepOf: '{{name}} 的步数',
  step: '第 {{step}} 步',
  notYet: '到这一步为止没有内容',
  cut: '其余部分已省略。',
  broken: '内容已损坏，或其写法在这里无法识别。',
  other: '无法显示此内容（{{size}}）',
  histogram: '{{name}} 的直方图：{{count}} 个值，从 {{from}} 到 {{to}}',
  values: '{{count}} 个值',
};
