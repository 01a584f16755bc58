import { sentences } from '../../sentences/table.ts';

/** What is wrong in a filter of runs, or in what they are ordered by. */
export const filter = sentences({
  '{name}(…) is of a metric: {example}(metrics.loss).':
    '{name}(…) 只用于指标：{example}(metrics.loss)。',
  'A “)” is missing here.': '这里缺少“)”。',
  'A comparison begins with a field: metrics.loss, params.lr, tags.team, status.':
    '比较要以字段开头：metrics.loss、params.lr、tags.team、status。',
  'There is nothing called “{name}”. Fields begin with metrics, params, tags, datasets or attributes.':
    '没有“{name}”。字段以 metrics、params、tags、datasets 或 attributes 开头。',
  'Which of the {kind}? Write {same}.name.': '是 {kind} 中的哪一个？请写 {same}.名称。',
  'Of a dataset there are the name, the digest and the context.':
    '数据集有 name、digest 和 context。',
  'A run has no “{key}”. Write metrics.{a}, params.{b} or tags.{c} for what was logged under that name.':
    '运行没有“{key}”。要指以此名称记录的内容，请写 metrics.{a}、params.{b} 或 tags.{c}。',
  'A filter has at most {#count} characters.': '筛选条件最多 {#count} 个字符。',
  'A filter has at most {#count} comparisons.': '筛选条件最多 {#count} 个比较。',
  'The quote {quote} is not closed.': '引号 {quote} 没有结束。',
  '{field} is compared with {*wanted}.': '{field} 要与{*wanted}比较。',
  'a value': '一个值',
  'a number without quotes: 0.5, 1e-3': '不带引号的数字（0.5、1e-3）',
  'a duration: 90s, 10m, 1h30m, 2d, or milliseconds': '时长（90s、10m、1h30m、2d 或毫秒数）',
  'a size: 500MB, 2GiB, or bytes': '大小（500MB、2GiB 或字节数）',
  'a time: 2026-11-21, "2026-11-21 10:30", today, 7d ago, or epoch milliseconds':
    '时间（2026-11-21、"2026-11-21 10:30"、today、7d ago 或毫秒时间戳）',
  'true or false': ' true 或 false ',
  'one of {choices}': '其中之一（{choices}）',
  'a text in quotes or a number': '带引号的文本或数字',
  'a text in quotes': '带引号的文本',
  'After what runs are ordered by there is only ASC or DESC.': '排序依据之后只能写 ASC 或 DESC。',
  'A run may have several datasets; it cannot be ordered by them.':
    '一次运行可以有多个数据集，不能按它们排序。',
  'Runs are ordered by {field} already.': '已经按 {field} 排序了。',
  '“{text}” has nothing to close here.': '这里的“{text}”没有对应的左括号。',
  'Something is missing after “{text}”.': '“{text}”之后缺少内容。',
  'Parentheses are nested over {#count} deep.': '括号嵌套超过 {#count} 层。',
  'This parenthesis is not closed.': '这个括号没有结束。',
  'Compare {field} with something, or write {same} IS NOT NULL.':
    '请把 {field} 与某个值比较，或写 {same} IS NOT NULL。',
  'A comparison is expected after {field}: =, !=, <, LIKE, ILIKE, IN, BETWEEN or IS NULL.':
    '{field} 之后应为比较：=、!=、<、LIKE、ILIKE、IN、BETWEEN 或 IS NULL。',
  'A comparison is expected instead of “{text}”.': '这里应为比较，而不是“{text}”。',
  'Write IS NULL or IS NOT NULL.': '请写 IS NULL 或 IS NOT NULL。',
  'A list has at most {#count} values.': '列表最多 {#count} 个值。',
  'A comma or a closing parenthesis is expected here.': '这里应为逗号或右括号。',
  '{field} has no order; write = or IN.': '{field} 没有大小之分，请写 = 或 IN。',
  '{field} has no order; write = or !=.': '{field} 没有大小之分，请写 = 或 !=。',
  'BETWEEN has two values: BETWEEN 1 AND 5.': 'BETWEEN 要有两个值：BETWEEN 1 AND 5。',
  'The two values of BETWEEN must both be numbers, or both texts.':
    'BETWEEN 的两个值必须都是数字，或都是文本。',
  '{field} is no text; compare it with =, <, > or BETWEEN.':
    '{field} 不是文本，请用 =、<、> 或 BETWEEN 比较。',
  'A pattern in quotes is expected: "resnet%".': '这里应为带引号的模式："resnet%"。',
  'A pattern has at most {#count} characters.': '模式最多 {#count} 个字符。',
  'NaN has a comparison of its own: {field} = NaN.': 'NaN 有专门的比较：{field} = NaN。',
  'A value for {field} is missing.': '{field} 缺少值。',
  'A duration is expected before “ago”: 90s, 10m, 2d.': '“ago”之前应为时长：90s、10m、2d。',
  '“{text}” is more than the name of a field.': '“{text}”不只是一个字段名。',
  '“{text}” is no regular expression. Write the names of params that hold a seed, such as seed|random_state.':
    '“{text}”不是正则表达式。请写出存放随机种子的参数名，例如 seed|random_state。',
});
