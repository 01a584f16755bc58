import { sentences } from '../../sentences/table.ts';

/** Sources of runs: databases and folders of other tools. */
export const sources = sentences({
  'That source is not known any more. Look again.': '已没有这个来源。请重新查找。',
  'It is a link, which is not followed.': '这是一个链接，不会跟随。',
  '{name} is not a sound SQLite database. If the tool that wrote it can still read it, copy it with “sqlite3 {copy} .recover”.':
    '{name} 不是完好的 SQLite 数据库。如果写入它的工具仍能读取，请用“sqlite3 {copy} .recover”复制一份。',
  '{name} is being written to. It is read again soon.': '{name} 正在写入，稍后会重新读取。',
  'It has no tables of MLflow. A database that was only just made gets them with the first run.':
    '其中没有 MLflow 的表。刚建立的数据库在第一次运行后才会有。',
  '{key} could not be read: {*why}': '无法读取 {key}：{*why}',
});
