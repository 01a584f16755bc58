import { sentences } from '../../sentences/table.ts';

/** Runs of other programs: what of their files could not be read. */
export const imports = sentences({
  'It is damaged at byte {#at}. What came before was read; what comes after cannot be.':
    '第 {#at} 字节处已损坏。此前的内容已读取，此后的无法读取。',
  '{kind} {name} is longer than 4 MB and was cut.': '{kind} {name} 超过 4 MB，已截断。',
  'It is not a transaction log of W&B.': '它不是 W&B 的事务日志。',
  'The message has a field of the unknown type {#type}.': '消息中有字段的类型 {#type} 未知。',
  'It is damaged at byte {#at}: a checksum does not match. What came before was read; what comes after cannot be.':
    '第 {#at} 字节处已损坏：校验和不符。此前的内容已读取，此后的无法读取。',
  'It is larger than {#size} MB; no list of metrics is.': '它超过 {#size} MB，指标列表不会这么大。',
  'It is not whole: it may be just being written.': '它不完整，可能正在写入。',
});
