import { sentences } from '../../sentences/table.ts';

/** Comparing: sides that are not there, contents and tensors that cannot be compared. */
export const comparison = sentences({
  'The code of {side} was not recorded.': '没有记录 {side} 的代码。',
  '{#count} files differ; the first {#limit} are listed.':
    '{#count} 个文件不同，只列出前 {#limit} 个。',
  '{path} is a file in {side}.': '{path} 在 {side} 中是文件。',
  'The list of files of {path} in {side} is not on this machine; “dvc fetch” may bring it.':
    '本机没有 {side} 中 {path} 的文件列表；可以试试“dvc fetch”。',
  'A group has at most {#count} runs.': '一组最多 {#count} 次运行。',
  'Name the runs of the group.': '请写出这一组的运行。',
  'Neither side has {path}.': '两边都没有 {path}。',
  'This file is larger than 5 MB, so its lines are not compared.':
    '这个文件超过 5 MB，不逐行比较。',
  'This file is binary, so its lines cannot be compared.': '这是二进制文件，无法逐行比较。',
  '{path}: give the whole path of the file.': '{path}：请给出文件的完整路径。',
  'There is no {path} in {side}.': '{side} 中没有 {path}。',
  'The content of {path} in {side} is not on this machine; “dvc fetch” may bring it.':
    '本机没有 {side} 中 {path} 的内容；可以试试“dvc fetch”。',
  "“{text}” begins the id of a run and of a commit. Give the run's number or more digits.":
    '“{text}”既是某次运行也是某个提交的 ID 开头。请写运行编号，或多写几位。',
  'There is nothing called “{text}” here. Give the number of a run (02.7){*git}, “workspace”, or the path of a bundle.':
    '这里没有“{text}”。请写运行编号（02.7）{*git}、“workspace”或复现包的路径。',
  '{path} is not in the bundle: {*reason}.': '{path} 不在复现包中：{*reason}。',
  'it is a directory': '它是文件夹',
  'Not all files of {path} are in {bundle}.': '{bundle} 中没有 {path} 的全部文件。',
  ', a Git revision': '、Git 版本',
  'Elements of type {a} and {b} cannot be compared one by one.':
    '类型 {a} 与 {b} 的元素无法逐个比较。',
  'The axes of the left lie in another order ({order}): it was compared in the order of the right.':
    '左边的轴次序不同（{order}）：按右边的次序比较。',
  'These two tensors cannot be compared element by element.': '这两个张量无法逐元素比较。',
  'The elements of these tensors are not numbers.': '这些张量的元素不是数值。',
  '{path}: give the whole path of the folder.': '{path}：请给出文件夹的完整路径。',
  'There is no folder {path}. Choose one with model files.':
    '没有文件夹 {path}。请选择一个含有模型文件的文件夹。',
  '{title} is not a run. Name a run, such as 02.7.':
    '{title} 不是运行。请给出一个运行，例如 02.7。',
  'No model has this tensor.': '没有模型含有此张量。',
  'Not every model has this tensor.': '并非每个模型都含有此张量。',
  'In a model it has another shape or type, so its values cannot be compared there.':
    '它在某个模型中的形状或类型不同，无法在那里比较其值。',
  'No element of these tensors is a finite number.': '这两个张量中没有有限的数值。',
  'These tensors have no elements.': '这两个张量没有元素。',
  '{file} has no tensor called {name}.': '{file} 中没有名为 {name} 的张量。',
  'Singular values are computed of up to 67 million elements.': '最多计算 6700 万个元素的奇异值。',
  'Tensors by column with over two axes are not taken as matrices.':
    '按列存储且超过两个轴的张量不作为矩阵处理。',
  'Its change is not finite, so it has no singular values.': '它的变化不是有限数，没有奇异值。',
  'A thread that measures tensors ended unexpectedly.': '比较张量的线程意外结束。',
  'One side is stored by column, the other by row, and it is over 1 GiB: too large to reorder.':
    '一边按列存储，另一边按行存储，且超过 1 GiB：太大，无法重排。',
});
