import { sentences } from '../../sentences/table.ts';

/** Runs: how they ended, what became of their stages; experiments, notes and the run index. */
export const runs = sentences({
  'It has no column that can be drawn.': '其中没有可以绘制的列。',
  'The template “{template}” is not one of DVC’s own; lines are drawn instead.':
    '模板“{template}”不是 DVC 自带的，因此改用折线绘制。',
  '{*path} is not what its name says.': '{*path} 的内容与其名称不符。',
  '{*path} is too large to be drawn.': '{*path} 太大，无法绘制。',
  'Writing the code': '正在写出代码',
  'The code of {label} was not recorded.': '没有记录 {label} 的代码。',
  '{*folder} is not empty. Name a new folder, or an empty one.':
    '{*folder} 不是空的。请指定新的或空的文件夹。',
  'Name the folder by its whole path.': '请写出文件夹的完整路径。',
  'No terminal was found on this machine. In one of your own, go to {*folder}.':
    '本机没有找到终端程序。请在你自己的终端里进入 {*folder}。',
  '{*program} could not be started: {*why}.': '无法启动 {*program}：{*why}。',
  'A shell': '打开终端',
  'Weighing the params': '正在评估参数的重要性',
  'Cancelled.': '已取消。',
  'Stopped.': '已停止。',
  'Killed by SIGKILL: by somebody, or because memory ran out.':
    '被 SIGKILL 终止：由他人终止，或因内存不足。',
  'Ended with exit code {#code}.': '结束，退出码 {#code}。',
  'The script ended in order, but marked its run as {status}.':
    '脚本正常结束，但把运行标记为 {status}。',
  'Cairn did not start this run, so it cannot start it again.':
    '此运行不是由 Cairn 启动的，因此无法再次启动。',
  'Marked as ended by hand; the program that logged it may still be running.':
    '已手动标记为结束；记录它的程序可能仍在运行。',
  'Killed by {signal}.': '被 {signal} 终止。',
  'There is no command to run.': '没有要运行的命令。',
  'The folder {folder} to run in does not exist.': '要在其中运行的文件夹 {folder} 不存在。',
  '“{program}” could not be started: the interpreter that its first line names is not here.':
    '无法启动“{program}”：本机没有它第一行指定的解释器。',
  'There is no program “{program}” here. Check the spelling, or whether its environment is active.':
    '这里没有程序“{program}”。请检查拼写，或其环境是否已激活。',
  '“{program}” may not be executed.': '“{program}”没有执行权限。',
  '“{program}” could not be started: {*why}.': '无法启动“{program}”：{*why}。',
  'The runner could not be started: {*why}.': '无法启动运行器：{*why}。',
  'no program is configured': '没有配置程序',
  'The run was stopped, and its runner ended without writing down how.':
    '运行已停止，其运行器没有记下结果就结束了。',
  'The runner never came up.': '运行器始终没有启动。',
  'The runner never came up ({*how}).': '运行器始终没有启动（{*how}）。',
  'The runner never came up. Its last words: {words}': '运行器始终没有启动。它最后的输出：{words}',
  'The runner never came up ({*how}). Its last words: {words}':
    '运行器始终没有启动（{*how}）。它最后的输出：{words}',
  'The runner ended without a word: {*how}.': '运行器未留下记录就结束了：{*how}。',
  'The runner ended without a word: {*how}. Its last words: {words}':
    '运行器未留下记录就结束了：{*how}。它最后的输出：{words}',
  'it was killed, or the machine went down': '它被终止，或机器关机了',
  'exit code {#code}': '退出码 {#code}',
  'the run was stopped': '运行已停止',
  '{stage} failed': '{stage} 失败了',
  '{stage} was stopped': '{stage} 已停止',
  '{stage} was skipped': '{stage} 被跳过',
  '{stage} has not run': '{stage} 没有运行',
  '{stage} has not ended': '{stage} 没有结束',
  'what it needs came out the same': '它的输入没有变化',
  'put back from the cache: {*why}': '已从缓存恢复：{*why}',
  'it ran before with the same inputs ({*why})': '以前用相同的输入运行过（{*why}）',
  'recorded as it is now: {*why}': '已按现状记录：{*why}',
  '{stage} was stopped.': '{stage} 已停止。',
  '{stage} was ended by {signal}. Its log says more.': '{stage} 被 {signal} 终止。详见日志。',
  '{stage} was ended by {signal} (out of memory, perhaps). Its log says more.':
    '{stage} 被 {signal} 终止（可能是内存不足）。详见日志。',
  '{stage} failed with exit code {#code}. Its log says more.':
    '{stage} 失败，退出码 {#code}。详见日志。',

  'There is no run with the id {id}.': '没有 ID 为 {id} 的运行。',
  'There is no run “{reference}” here.': '这里没有运行“{reference}”。',
  'There is no run “{reference}” here. “cairn ls” lists them.':
    '这里没有运行“{reference}”。“cairn ls”会列出所有运行。',
  "“{reference}” begins more than one run's id. Give more of it.":
    '有多个运行的 ID 以“{reference}”开头，请多写几位。',
  'There is no note with the id {id}.': '没有 ID 为 {id} 的笔记。',
  'An experiment cannot be merged with itself.': '实验不能与自己合并。',
  'An experiment needs a name.': '实验需要一个名称。',
  '{what} is not there any more. Look again and repeat.': '{what} 已不存在。请刷新后再试。',
  'There is no experiment “{reference}”. “cairn experiments” lists them; a new name makes a new one.':
    '没有实验“{reference}”。“cairn experiments”会列出所有实验；写新名称则会新建。',
  'Reorder experiments': '调整实验顺序',
  'Renumber runs': '重新编号运行',
  'Move runs': '移动运行',
  'Merge experiments': '合并实验',
  'Tag runs': '为运行加标签',
  'Star runs': '为运行加星',
  'Take stars from runs': '取消运行的加星',
  'Move runs to the trash': '将运行移到回收站',
  'Restore runs': '恢复运行',
  'Sweep runs': '清理运行',
  'Merge runs': '合并运行',
  'Something else was changed meanwhile. Try again.': '其间有其他改动。请重试。',
  '“{label}” was done by a newer Cairn, and only that can take it back.':
    '“{label}”由更新版本的 Cairn 完成，只有该版本才能撤销。',
  'There is no experiment “{reference}”.': '没有实验“{reference}”。',
  'Choose at least two runs to merge.': '请至少选择两个要合并的运行。',
  'The run to merge into is in the trash. Restore it first.':
    '要合并到的运行在回收站中。请先恢复它。',
  '{label} is still running. Merge it once it has ended.': '{label} 仍在进行。请在它结束后再合并。',
  '{label} has a registered model or a bundle that names it. Merge the others into it instead.':
    '{label} 有已注册的模型或引用它的复现包。请改为把其他运行合并到它。',
  '{label} was started here, so it is no copy of another run. Merge the others into it instead.':
    '{label} 是在这里启动的，不是其他运行的副本。请改为把其他运行合并到它。',
  '{label} is in the trash. Restore it first.': '{label} 在回收站中。请先恢复它。',
  '{label} is nested in the other run, or around it.': '{label} 与另一个运行互为嵌套。',
  'The artifacts of {label} are kept here, those of the other run elsewhere. Merge the other way round.':
    '{label} 的产物保存在这里，另一个运行的产物在别处。请反向合并。',
  'Failed or stopped, and older than a week': '失败或已停止，且超过一周',
  'Without any metric, and older than a week': '没有任何指标，且超过一周',
  'Run again later with the same command and params': '之后用相同的命令和参数再次运行过',
  'There is nothing to undo.': '没有可撤销的操作。',
  'There is nothing to redo.': '没有可重做的操作。',
  'This is not a place in the timeline; start from its top again.':
    '时间线中没有这个位置，请从头开始。',
  '{path} is a database of another program; it was left untouched. Move it aside to start a new run index.':
    '{path} 是其他程序的数据库，没有改动它。请把它移走，以便新建运行索引。',
  '{path} was written by a newer Cairn (format {#format}; this one knows up to {#known}). Update Cairn to open this folder.':
    '{path} 由更新版本的 Cairn 写入（格式 {#format}，当前版本最高支持 {#known}）。请更新 Cairn 再打开这个文件夹。',
  'The run index {path} is damaged; it was left untouched. Restore it from a copy, or move it aside to start a new one.':
    '运行索引 {path} 已损坏，没有改动它。请用副本恢复，或把它移走以新建一个。',
  'The run index {path} is empty, but runs were recorded beside it. Restore it from a copy, or delete it to start a new one.':
    '运行索引 {path} 是空的，但旁边有运行的记录。请用副本恢复，或删除它以新建一个。',
  'Another program has held {path} locked for over {#seconds} s. Close it and try again.':
    '另一个程序已锁定 {path} 超过 {#seconds} 秒。请关闭它再试。',
  'The run index {path} cannot be opened for writing.': '无法以写入方式打开运行索引 {path}。',
  'Invalid path: {path}.': '无效的路径：{path}。',
  'Invalid path: {path} is a link that leads away.': '无效的路径：{path} 是指向别处的链接。',
  'Windows cannot store a file called {name}.': 'Windows 无法保存名为 {name} 的文件。',
  'The points end in the middle of a column.': '数据点在一列中间就结束了。',
  'There is no rule “{rule}”. “cairn tidy” lists them.':
    '没有规则“{rule}”。用“cairn tidy”列出它们。',
  'A rule needs a filter: an empty one would sweep every run.':
    '规则需要筛选条件：空条件会清扫所有运行。',
  'Save a view': '保存视图',
  'Rename a view': '重命名视图',
  'Delete a view': '删除视图',
  'Choose the view to begin with': '选择起始视图',
  'There are {#count} views already. Delete some that nobody uses.':
    '已有 {#count} 个视图。请删除一些没人用的。',
  'This view is not there any more. Somebody has deleted it.': '这个视图已不存在，有人删除了它。',
  'There is a view “{name}” already. Choose another name.': '已有名为“{name}”的视图，请换个名字。',
});
