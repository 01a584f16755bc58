import { sentences } from '../../sentences/table.ts';

/** Comparing files by what is in them: notebooks, tables, settings, images, texts. */
export const contents = sentences({
  'The values are nested deeper than {#depth} levels.': '值的嵌套超过 {#depth} 层。',
  '{name} is no whole JSON.': '{name} 不是完整的 JSON。',
  '{name} is no valid TOML (line {#line}).': '{name} 不是有效的 TOML（第 {#line} 行）。',
  '{name} has {#count} cells; {#most} are the most.':
    '{name} 有 {#count} 个单元格，最多支持 {#most} 个。',
  '{path} in the bundle is too large to compare.': '复现包中的 {path} 太大，无法比较。',
  '{path} in the bundle is damaged. Ask for it again.':
    '复现包中的 {path} 已损坏。请向对方重新索取。',
  'Only comments, order or layout may differ.': '不同之处最多只有注释、顺序或排版。',
  '{path} is too large an image to be shown.': '图像 {path} 太大，无法显示。',
  '{path} is larger than {size}; too large for this.': '{path} 超过 {size}，不能这样比较。',
  'The files of {name} are not on this machine.': '{name} 的文件不在这台机器上。',
  'The content that {path} had in this run is not on this machine; the file was changed since.':
    '{path} 在这次运行中的内容不在这台机器上，该文件之后被修改过。',
  '{path} was changed since it was read.': '{path} 在读取之后被修改过。',
  '{path} lies outside of what was brought in.': '{path} 位于导入内容之外。',
  '{path} is too large to be shown like this.': '{path} 太大，不能这样显示。',
  '{path} is not a table with “columns” and “data”.':
    '{path} 不是带有 “columns” 和 “data” 的表格。',
  '{path} is binary, not a text.': '{path} 是二进制文件，不是文本。',
  '{title} is not in UTF-8; it was read as {encoding}.':
    '{title} 不是 UTF-8 编码，已按 {encoding} 读取。',
  '{path} is too large a notebook to be compared.': '笔记本 {path} 太大，无法比较。',
  '{path} is binary, not a notebook.': '{path} 是二进制文件，不是笔记本。',
  'The left side is {*left}, the right side {*right}; they have nothing to compare.':
    '左边是{*left}，右边是{*right}，两者无法比较。',
  'an image': '图像',
  'a Parquet table': 'Parquet 表格',
  'a table': '表格',
  'a model': '模型',
  'a text': '文本',
  'a binary file': '二进制文件',
  '{name} is binary, not a table.': '{name} 是二进制文件，不是表格。',
  '{name} has no head; its columns are called by their position.':
    '{name} 没有表头，各列按位置命名。',
  '{name} has rows with more cells than its head; those were left out.':
    '{name} 中有些行的单元格比表头多，多出的部分已略去。',
  '{name} would unpack to far more than it can hold.': '{name} 解压后会大得不合理。',
  '{name} could not be read to its end.': '{name} 无法读到末尾。',
  '{name} has no rows.': '{name} 没有任何行。',
  '{name} is cut short: a quoted cell does not end.':
    '{name} 不完整：有一个带引号的单元格没有结束。',
  '{name} has a cell of more than {#size} MB near line {#line}; a quote may not be closed.':
    '{name} 在第 {#line} 行附近有超过 {#size} MB 的单元格，可能是引号没有闭合。',
  '{name} has more than {#count} columns.': '{name} 超过 {#count} 列。',
  '{name} has groups of more rows than can be held at once.':
    '{name} 中有的行组太大，无法一次读入。',
  '{name} is packed in a way that is not read here.': '{name} 的压缩方式无法读取。',
  '{name} is no whole Parquet file.': '{name} 不是完整的 Parquet 文件。',
  'Only the first {#count} rows of each side were compared.': '每边只比较了前 {#count} 行。',
  '{#count} rows have the key of another row; those are taken in their order.':
    '{#count} 行与别的行键相同，按出现顺序对应。',
  'Which columns changed is counted over the first {#count} changed rows.':
    '各列的变化只统计了前 {#count} 个有变化的行。',
  '{path} has no such image any more.': '{path} 中已没有这幅图像。',
  '{path} is no image that can be shown.': '{path} 不是可以显示的图像。',
});
