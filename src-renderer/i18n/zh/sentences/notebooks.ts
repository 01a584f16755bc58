/** Notebooks: reading, renumbering and executing them. */
import { sentences } from '../../sentences/table.ts';

export const notebooks = sentences({
  '{path} is no path of this folder.': '{path} 不是此文件夹中的路径。',
  '{path} is empty. Delete it, or bring an earlier version back.':
    '{path} 是空文件。请删除它，或恢复先前的版本。',
  '{path} is no Jupyter notebook: it is JSON, but names no format in “nbformat”. If it is something else, give it another ending.':
    '{path} 不是 Jupyter 笔记本：它是 JSON，但没有在“nbformat”中写明格式。如果它是别的文件，请换一个扩展名。',
  '{path} has the notebook format {format}; Cairn reads 3 and 4. Open it in Jupyter and save it again.':
    '{path} 的笔记本格式为 {format}；Cairn 读取 3 和 4。请在 Jupyter 中打开并重新保存。',
  '{path} has the notebook format {format}, which is newer than this Cairn; it reads 3 and 4. Update Cairn, or save the notebook in format 4.':
    '{path} 的笔记本格式为 {format}，比此版本的 Cairn 更新；它读取 3 和 4。请更新 Cairn，或将笔记本保存为格式 4。',
  '{path} is no Jupyter notebook: it is not whole JSON. It may be half written, or hold the marks of a merge conflict. Look at it in an editor, or bring an earlier version back.':
    '{path} 不是 Jupyter 笔记本：JSON 不完整。它可能只写了一半，或带有合并冲突的标记。请在编辑器中查看，或恢复先前的版本。',
  '{path} is no Jupyter notebook: it is JSON, but no object. If it is something else, give it another ending.':
    '{path} 不是 Jupyter 笔记本：它是 JSON，但不是对象。如果它是别的文件，请换一个扩展名。',
  'Git’s index has conflicts, a sparse checkout, or a version that Cairn does not write. Rename the files with “git mv”.':
    'Git 索引有冲突、使用了稀疏检出，或是 Cairn 不写的版本。请用“git mv”重命名文件。',
  '{path} was changed meanwhile, so nothing was done. Look at it, and try again.':
    '{path} 在此期间被改动，因此什么也没做。请查看后重试。',
  '{path} is not there any more, so nothing was done.': '{path} 已不存在，因此什么也没做。',
  '{path} is there already, so nothing was done.': '{path} 已经存在，因此什么也没做。',
  'A renumbering of notebooks was interrupted, and its journal {path} cannot be read. Look whether notebooks are missing (they are called “.….cairn” then), and delete the journal.':
    '一次笔记本重新编号被中断，其日志 {path} 无法读取。请检查是否缺少笔记本（它们此时名为“.….cairn”），然后删除该日志。',
  '{path} is there meanwhile. Move it away and try again.':
    '{path} 在此期间出现了。请移走它后重试。',
  '{path} is not there any more.': '{path} 已不存在。',
  '{from} would become {to}, which is another file. Rename or number that one first.':
    '{from} 将变成 {to}，但那是另一个文件。请先为它改名或编号。',
  '{name}.dvc goes on naming {path}. Run “dvc move” for that notebook instead.':
    '{name}.dvc 仍会指向 {path}。请对该笔记本改用“dvc move”。',
  '{path} is not UTF-8 and stays as it is, whatever it refers to.':
    '{path} 不是 UTF-8，无论引用了什么都保持原样。',
  '{path} is no whole notebook and stays as it is, whatever it refers to.':
    '{path} 不是完整的笔记本，无论引用了什么都保持原样。',
  '{path} imports {name} by that name. Change it yourself: a module whose name begins with a digit cannot be imported by a statement.':
    '{path} 以该名称导入 {name}。请自行修改：名称以数字开头的模块无法用语句导入。',
  'The notebooks or what refers to them changed since this was planned. Look at the new plan.':
    '制定计划之后，笔记本或引用它们的文件有了改动。请查看新的计划。',
  '{path} lies outside {root}. Run it from its own folder: cairn -C FOLDER run {name}.':
    '{path} 不在 {root} 之内。请在它自己的文件夹中运行：cairn -C FOLDER run {name}。',
  'There is no notebook {path} in {root}. It may have been renamed: “cairn notebooks” lists those that are there.':
    '{root} 中没有笔记本 {path}。它可能已改名：“cairn notebooks”会列出现有的笔记本。',
  '-p takes name=value, such as lr=0.1, not “{word}”.':
    '-p 需要 name=value，例如 lr=0.1，而不是“{word}”。',
  'There is no Python to execute the notebook with. Install one, or activate the environment of the project.':
    '没有可用来执行笔记本的 Python。请安装一个，或激活项目的环境。',
  '{python} has neither papermill nor nbconvert. Run “{command} -m pip install papermill ipykernel”.':
    '{python} 中既没有 papermill 也没有 nbconvert。请运行“{command} -m pip install papermill ipykernel”。',
});
