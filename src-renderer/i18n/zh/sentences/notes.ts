import { sentences } from '../../sentences/table.ts';

/** Notes, their pictures and what they said before. */
export const notes = sentences({
  'This text of the note is not kept any more.': '笔记的这个版本已不再保留。',
  'Only PNG, JPEG, GIF and WebP pictures can be put into a note.':
    '笔记中只能放入 PNG、JPEG、GIF 和 WebP 图片。',
  'The picture is larger than {#size} MB. Make it smaller, or link to its file.':
    '图片超过 {#size} MB。请将其缩小，或改为链接到该文件。',
  'This picture is not there any more.': '这张图片已不存在。',
  'The picture of this note is not there any more.': '此笔记中的图片已不存在。',
});
