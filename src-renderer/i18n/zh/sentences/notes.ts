import { sentences } from '../../sentences/table.ts';

/** Notes, their pictures and what they said before. */
export const notes = sentences({
  'This text of the note is not kept any more.': '笔记的这个版本已不再保留。',
  'Only PNG, JPEG, GIF and WebP pictures can be put into a note.':
    '笔记中只能放入 PNG、JPEG、GIF 和 WebP 图片。',
  'The picture is larger than {#size} MB. Make it smaller, or link to its file.':
    '图片超过 {#size} MB。请将其缩小，或改为链接到该文件。',
  'Made by Cairn on {day}. Times are UTC.': '由 Cairn 于 {day} 生成，时间为 UTC。',
  'Measuring files': '正在统计文件大小',
  'There is no entry to export.': '没有可导出的记录。',
  'At most {#most} entries fit into one document, and these are {#count}. Narrow them by a filter or by dates.':
    '一份文档最多容纳 {#most} 条记录，现在有 {#count} 条。请用筛选条件或日期缩小范围。',
  'This picture is not there any more.': '这张图片已不存在。',
  'The picture of this note is not there any more.': '此笔记中的图片已不存在。',
});
