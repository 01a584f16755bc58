import { sentences } from '../../sentences/table.ts';

/** Files of YAML: what Cairn says of them, and what the parser (the package `yaml`) says. */
export const yaml = sentences({
  '{file}: its aliases stand for too much. Write them out.':
    '{file}：别名展开后太大，请直接写出内容。',
  '{file} is too large to be read.': '{file} 太大，无法读取。',
  '“{key}” is here twice.': '“{key}”出现了两次。',
  'a merge left both of its sides here. Choose one, and finish the merge.':
    '合并在这里留下了两边的内容。请选择一边，并完成合并。',
  'It is nested too deeply to be read.': '嵌套太深，无法读取。',
  '{file} is not a map of YAML.': '{file} 不是 YAML 映射。',
  'The entries of {file} are not a list.': '{file} 的条目不是列表。',
  'An entry of {file} has no path.': '{file} 有一项没有路径。',
  '{file} cannot be used: {*why}. Restore it from Git, or delete it to run everything again.':
    '无法使用 {file}：{*why}。请从 Git 恢复，或删除它以重新运行全部阶段。',
  'it is not a map': '它不是映射',
  'its schema is {schema}, and this program knows 2.0': '它的 schema 是 {schema}，而本程序支持 2.0',
  'its stages are not a map': '它的 stages 不是映射',
  'the stage “{stage}” is not a map': '阶段“{stage}”不是映射',
  'the entries of “{stage}” are not a list': '“{stage}”的条目不是列表',
  'an entry of “{stage}” has no path': '“{stage}”有一项没有路径',
  'the params of “{stage}” are not a map': '“{stage}”的参数不是映射',
});

/** The commonest words of the parser. */
export const yamlParser = sentences({
  'All mapping items must start at the same column.': '同一映射的各项必须左对齐。',
  'All sequence items must start at the same column.': '同一列表的各项必须左对齐。',
  'A block sequence may not be used as an implicit map key.': '列表不能作为隐式的键。',
  'Block collections are not allowed within flow collections.': '括号内不能使用缩进式的集合。',
  'Comments must be separated from other tokens by white space characters.':
    '注释与前面的内容之间要有空格。',
  'Flow end indicator should be more indented than parent.': '右括号应比上一级缩进更多。',
  'Implicit keys need to be on a single line.': '键必须写在一行内。',
  'Implicit keys of flow sequence pairs need to be on a single line.': '括号内的键必须写在一行内。',
  'Implicit map keys need to be followed by map values.': '键的后面要有冒号和值。',
  'Nested mappings are not allowed in compact mappings.': '同一行内不能嵌套映射。',
  'Missing closing "quote.': '缺少右双引号。',
  "Missing closing 'quote.": '缺少右单引号。',
  'Sequence item without - indicator.': '列表项缺少“-”。',
  'Tabs are not allowed as indentation.': '不能用制表符缩进。',
  'Missing , between {what} items.': '{what} 的各项之间缺少逗号。',
  'Missing , or : between {what} items.': '{what} 的各项之间缺少逗号或冒号。',
  'Missing space after : in {what}.': '{what} 中冒号后面缺少空格。',
  'Invalid escape sequence {escape}.': '无效的转义 {escape}。',
  'Plain value cannot start with {character}.': '未加引号的值不能以 {character} 开头。',
  'Unexpected {token} at node end.': '末尾有多余的 {token}。',
  'Unexpected {token} in {where}.': '{where} 中有多余的 {token}。',
  'Unexpected {token} token.': '有多余的 {token}。',
  'Unresolved alias (the anchor must be set before the alias): {name}.':
    '没有解析的别名（锚点必须在别名之前）：{name}。',
  'Unresolved tag: {tag}.': '未知的标签：{tag}。',
});
