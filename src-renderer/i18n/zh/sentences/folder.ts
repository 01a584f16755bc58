import { sentences } from '../../sentences/table.ts';

/** The opened folder: what is in it, what cannot be read, trust, the disk, the cache and its locks. */
export const folder = sentences({
  'The disk is full: {*why}. Free some space and try again.': '磁盘已满：{*why}。请腾出空间再试。',
  'No permission: {*why}.': '没有权限：{*why}。',
  'Not found: {*why}.': '找不到：{*why}。',
  'No folder is open. Open one first.': '没有打开的文件夹，请先打开一个。',
  'There is no folder {path}.': '没有文件夹 {path}。',
  'There is no file {path}.': '没有文件 {path}。',
  'The folder {path} may not be read by you.': '你没有读取文件夹 {path} 的权限。',
  '{path} is a file. Open the folder that it is in.': '{path} 是一个文件，请打开它所在的文件夹。',
  '{path} cannot be read.': '无法读取 {path}。',
  '{path} leads out of the opened folder.': '{path} 指向所打开的文件夹之外。',
  '{*what} needs your trust: {root} is not a trusted folder. Look at what is in it, then choose “Trust this folder”.':
    '{*what}需要你的信任：{root} 不是受信任的文件夹。请先查看其中的内容，再选择“信任此文件夹”。',
  'Running something': '运行程序',
  'The example project is missing from this installation.': '当前安装中缺少示例项目。',

  '{#count} file of data, {size}': '{#count} 个数据文件，{size}',
  '{#count} files of data, {size}': '{#count} 个数据文件，{size}',
  'TensorBoard: {#count} file, {size}': 'TensorBoard：{#count} 个文件，{size}',
  'TensorBoard: {#count} files, {size}': 'TensorBoard：{#count} 个文件，{size}',
  '{#count} stage': '{#count} 个阶段',
  '{#count} stages': '{#count} 个阶段',
  '{#count} value': '{#count} 个值',
  '{#count} values': '{#count} 个值',
  '{#count} cell': '{#count} 个单元格',
  '{#count} cells': '{#count} 个单元格',
  '{#count} cell, {kernel}': '{#count} 个单元格，{kernel}',
  '{#count} cells, {kernel}': '{#count} 个单元格，{kernel}',
  'tracked by DVC: {path}': '由 DVC 跟踪：{path}',
  'tracked by DVC: {path}, {size}': '由 DVC 跟踪：{path}，{size}',
  'tracked by DVC: {path}, {#count} files': '由 DVC 跟踪：{path}，{#count} 个文件',
  'tracked by DVC: {path}, {size}, {#count} files': '由 DVC 跟踪：{path}，{size}，{#count} 个文件',
  'on {branch}, at {commit}': '位于分支 {branch}，提交 {commit}',
  'on {branch}, no commits yet': '位于分支 {branch}，还没有提交',
  'detached, at {commit}': '游离状态，提交 {commit}',
  'no remotes': '没有远程存储',
  'remotes: {names}': '远程存储：{names}',
  'in the folder': '在文件夹内',
  'the folder is very large': '文件夹非常大',
  'Not everything in it was looked at; what lies deepest may be missing here.':
    '没有查看其中的全部内容，最深处的可能未列出。',
  'A {operation} is under way.': '正在进行 {operation}。',
  'Python environment': 'Python 环境',
  '{size}, may hold code: read without executing it': '{size}，可能含有代码：读取时不会执行',
  '{path} does not record any data.': '{path} 没有记录任何数据。',
  'This is not a notebook that can be read.': '无法读取这个笔记本。',

  '{path} is neither a file nor a folder, so it has no content that could be recorded.':
    '{path} 既不是文件也不是文件夹，没有可记录的内容。',
  '{path} could not be linked to the cache in any way that cache.type allows. Add “copy” to it (dvc config cache.type reflink,copy).':
    '无法以 cache.type 允许的方式把 {path} 链接到缓存。请加上“copy”（dvc config cache.type reflink,copy）。',
  'Another program (DVC, or another run) is changing this project: it holds {path}. Wait until it has ended, and try again.':
    '另一个程序（DVC 或另一次运行）正在修改这个项目：它占用着 {path}。请等它结束后再试。',
  '{path} is in use by “{command}” (process {#pid}). Wait until it has ended, and try again.':
    '{path} 正被“{command}”（进程 {#pid}）使用。请等它结束后再试。',
  'A .dir manifest': '.dir 清单',
  '{*name} is not whole. Fetch it from a remote again.': '{*name} 不完整。请重新从远程获取。',
  '{*name} is not a list of files.': '{*name} 不是文件列表。',
  '{*name} has an entry without a hash or a path.': '{*name} 有一项缺少哈希值或路径。',
  '{*name} names “{path}”, which leads out of its directory or cannot be a file here.':
    '{*name} 中的“{path}”指向其目录之外，或在本机不能作为文件。',
  '{*name} names “{path}” twice.': '{*name} 两次列出“{path}”。',
  '{*name} has “{path}” as a file and as a folder.': '{*name} 中的“{path}”既是文件又是文件夹。',
  '“{hash}” is not an MD5 hash.': '“{hash}”不是 MD5 哈希值。',
  '{path} changed while it was being saved. Run it again.': '{path} 在保存时被改动。请重新运行。',
  '{path} is not what its name says. Delete it and fetch it again (dvc pull), or run the stage that makes it.':
    '{path} 的内容与名称不符。请删除后重新获取（dvc pull），或运行生成它的阶段。',
  'The content {hash} is not in the cache. Fetch it with “dvc pull”, or run the stage that makes it.':
    '缓存中没有内容 {hash}。请用“dvc pull”获取，或运行生成它的阶段。',
  '{path} is a link to something that does not exist. Bring that back, or remove the link.':
    '{path} 链接到不存在的目标。请恢复目标，或删除这个链接。',
  'The name of {path} is not valid UTF-8, and DVC cannot record it. Rename the file.':
    '{path} 的名称不是有效的 UTF-8，DVC 无法记录。请给文件改名。',

  'Reading history': '正在读取历史记录',
  'Storing history': '正在保存历史记录',
  'Reading changes': '正在读取变更',
  'Reading code': '正在读取代码',
  Hashing: '正在计算哈希值',
  Saving: '正在保存',
  Restoring: '正在恢复',
  Stages: '阶段',

  'Too many requests at once. Try again.': '同时发出的请求太多，请再试一次。',
  'Malformed frame: {why}.': '数据帧格式错误：{why}。',
  'The message is too large to be sent.': '消息太大，无法发送。',
  'The value is nested too deeply to be sent.': '值嵌套太深，无法发送。',
  'A {type} cannot be sent.': '无法发送 {type}。',
  'The receiver is too slow for what it asked for.': '接收方太慢，跟不上它请求的内容。',
  'The connection to Cairn was lost.': '与 Cairn 的连接已断开。',
  'There is no operation “{name}”.': '没有“{name}”这个操作。',
  'The request “{operation}” is not valid: {why}.': '请求“{operation}”无效：{why}。',
  'This page may not ask for that.': '这个页面无权这样请求。',
  'A text was expected.': '这里应为文本。',
  'The id of a run was expected.': '应为运行的标识。',
  'A number from 0 to 1 was expected.': '应为 0 到 1 之间的数。',
  'An object was expected.': '应为一个对象。',
  'This upload is not there any more. Drop the file again.': '此上传已不存在。请重新拖入文件。',
  'A piece of this upload is missing. Drop the file again.': '此上传缺少一部分。请重新拖入文件。',
  'An absolute path was expected.': '这里应为绝对路径。',
  'A list of file name extensions was expected.': '这里应为文件扩展名的列表。',
  'Another Cairn has held {path} locked for over {#seconds} s. Close it and try again.':
    '另一个 Cairn 占用 {path} 已超过 {#seconds} 秒。请关闭它后重试。',
});
