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
  '{path} has no such image any more.': '{path} 中已没有这幅图像。',
  '{path} is no image that can be shown.': '{path} 不是可以显示的图像。',
});
