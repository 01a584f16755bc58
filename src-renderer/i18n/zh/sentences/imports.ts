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
  'It is not a store of ML Metadata that this version of Cairn knows. Open it once with a newer ml-metadata, which updates it.':
    '这不是此版本 Cairn 认识的 ML Metadata 存储。请用较新的 ml-metadata 打开一次以更新它。',
  'It has no tables of trackio.': '其中没有 trackio 的表。',
  'The row is larger than 4 MB; no list of metrics is.': '该行大于 4 MB；没有指标列表会这么大。',
  'The row is not the JSON that trackio writes.': '该行不是 trackio 写的 JSON。',
  'The config is not the JSON that trackio writes.': '配置不是 trackio 写的 JSON。',
  'It has no tables of Aim.': '其中没有 Aim 的表。',
  'Aim keeps params and metrics in RocksDB, which is not read. Save them with repo.query_metrics("metric.name != \'\'").dataframe().to_csv("aim-metrics.csv") in this folder.':
    'Aim 的参数和指标存放在 RocksDB 中，不会读取。请用 repo.query_metrics("metric.name != \'\'").dataframe().to_csv("aim-metrics.csv") 把它们保存到此文件夹。',
  'A line longer than 4 MB was found; what comes after it was left out.':
    '遇到了长于 4 MB 的一行，其后的内容未读取。',
  'A line longer than 4 MB was left out.': '长于 4 MB 的一行已略去。',
  '{path} cannot be a source of metrics. Name a .jsonl, .csv or .tsv file with a row for each step.':
    '{path} 不能作为指标来源。请指定每步一行的 .jsonl、.csv 或 .tsv 文件。',
  'There are {#most} declared sources already. Remove some with “cairn sources remove”.':
    '已声明了 {#most} 个来源。请用“cairn sources remove”移除一些。',
  '“{uri}” is not the address of a server.': '“{uri}”不是服务器地址。',
  '{uri} is not an http or https address.': '{uri} 不是 http 或 https 地址。',
  '{server} answered with something else than JSON. Is it MLflow’s server?':
    '{server} 的回答不是 JSON。它是 MLflow 服务器吗？',
  '{server} cannot be reached. Is the server running?': '无法连接 {server}。服务器在运行吗？',
  '{server} wants to know who you are. Set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.':
    '{server} 需要身份验证。请设置 MLFLOW_TRACKING_TOKEN，或 MLFLOW_TRACKING_USERNAME 与 MLFLOW_TRACKING_PASSWORD。',
  '{server} refused: {why}': '{server} 拒绝了：{why}',
  'The artifacts of {run} were not sent: the server keeps them elsewhere ({uri}).':
    '{run} 的产物没有发送：服务器把它们存放在别处（{uri}）。',
  '{path} cannot be written: you have no permission there. Choose another folder.':
    '无法写入 {path}：你没有那里的权限。请选择其他文件夹。',
  '{path} cannot be written: its folder is not there, and cannot be made.':
    '无法写入 {path}：它的文件夹不存在，也无法创建。',
  '{path} is a folder. Name a file in it.': '{path} 是文件夹。请指定其中的文件。',
  '{path} cannot be read: you have no permission there.': '无法读取 {path}：你没有那里的权限。',
  '{path} could not be read and was left out.': '{path} 无法读取，已略去。',
  'No run matches, so there is nothing to write.': '没有匹配的运行，因此没有可写入的内容。',
  'None of these runs has a metric called {keys}.': '这些运行都没有名为 {keys} 的指标。',
  '{server} answered with HTTP {status}. Is it MLflow’s server?':
    '{server} 返回了 HTTP {status}。它是 MLflow 的服务器吗？',
  'The registered model {model} is here already, from elsewhere; this one was left out.':
    '已有来自别处的同名注册模型 {model}；略去了这一个。',
  '{run} was not sent: it is deleted at the server. Restore it there, or forget about it.':
    '{run} 没有发送：它在服务器上已被删除。请在那里恢复它，或不再理会。',
  '{run}: the param {key} was sent before and stays as it was; a server of MLflow’s never changes one.':
    '{run}：参数 {key} 以前已发送，保持原样；MLflow 的服务器从不更改参数。',
  '{path} lies outside of this folder. “cairn import {source}” takes what is left of it.':
    '{path} 位于此文件夹之外。用“cairn import {source}”取走其余的。',
  '{path} is not an absolute path.': '{path} 不是绝对路径。',
  '{source}: {count} items were skipped; “cairn sources” says why.':
    '{source}：跳过了 {count} 项；“cairn sources”说明原因。',
  '{path} changed while it was copied. Wait until nothing writes to it, and try again.':
    '{path} 在复制期间有改动。请等到没有程序写入它时重试。',
  'The files take {size}, and only {free} are free where {path} lies. Make room, or keep fewer runs.':
    '这些文件需要 {size}，而 {path} 所在位置只剩 {free}。请腾出空间，或少保存一些运行。',
  '{path} was left out: it is a link that leads away, to a folder, or nowhere.':
    '{path} 被略去：它是指向别处、指向文件夹或无处可指的链接。',
});
