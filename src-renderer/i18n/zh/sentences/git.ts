import { sentences } from '../../sentences/table.ts';

/** Git repositories. What is broken inside their files is said in Git's own terms. */
export const git = sentences({
  'The Git repository is damaged: {*what}. Run "git fsck" in it, or clone it again; the folder opens without its history meanwhile.':
    'Git 仓库已损坏：{*what}。请在其中运行“git fsck”，或重新克隆；在此期间，打开的文件夹没有历史记录。',
  'This repository has a split index, which Cairn does not read. Run "git update-index --no-split-index" in it.':
    '这个仓库使用拆分索引，Cairn 不支持。请在其中运行“git update-index --no-split-index”。',
  'This Git repository names its objects by {format}, which Cairn does not read yet; the folder opens without its history.':
    '这个 Git 仓库以 {format} 命名对象，Cairn 暂不支持；打开的文件夹没有历史记录。',
  'This Git repository keeps its branches in the format "{format}", which Cairn does not read yet; the folder opens without its history.':
    '这个 Git 仓库以“{format}”格式保存分支，Cairn 暂不支持；打开的文件夹没有历史记录。',
  'This Git repository {what}, which Cairn does not read yet; the folder opens without its history.':
    '这个 Git 仓库 {what}，Cairn 暂不支持；打开的文件夹没有历史记录。',
  '"{revision}" is not a revision that Cairn understands. Give a branch, a tag, a commit id, or one of them with ~2 or ^.':
    'Cairn 不理解“{revision}”这个版本。请写分支、标签、提交 ID，后面可加 ~2 或 ^。',
  'There is no commit, branch or tag "{name}".': '没有名为“{name}”的提交、分支或标签。',
  '"{name}" begins several commit ids; give more of its digits.':
    '有多个提交 ID 以“{name}”开头，请多写几位。',
  '"{name}" is not a ref that Cairn may write.': 'Cairn 不能写入引用“{name}”。',
  'Commit {commit}: {*why}': '提交 {commit}：{*why}',

  'a delta in a pack is cut short': '包文件中的增量不完整',
  'a delta in a pack has an impossible size': '包文件中的增量大小不可能',
  'a delta in a pack does not fit its base': '包文件中的增量与其基础不符',
  'a delta in a pack points outside its base': '包文件中的增量指向其基础之外',
  'a delta in a pack is longer than it says': '包文件中的增量比声明的长',
  'a delta in a pack is malformed': '包文件中的增量格式错误',
  'a delta in a pack is shorter than it says': '包文件中的增量比声明的短',
  'object {oid} is missing': '缺少对象 {oid}',
  'HEAD is missing': '缺少 HEAD',
  'its index cannot be read': '无法读取索引',
  'its index is of an unknown kind': '索引的类型未知',
  'its index is malformed': '索引格式错误',
  '{file} does not name a git folder': '{file} 没有指明 Git 文件夹',
  '{file} leads to {target}, which does not exist (after moving a worktree: "git worktree repair")':
    '{file} 指向的 {target} 不存在（移动工作树之后，请运行“git worktree repair”）',
  'it has no objects folder': '没有 objects 文件夹',
  'object {oid} is a {found}, not a {wanted}': '对象 {oid} 是 {found}，而不是 {wanted}',
  'object {oid} is malformed': '对象 {oid} 格式错误',
  'object {oid} cannot be read': '无法读取对象 {oid}',
  'object {oid} in {pack} cannot be read': '无法读取 {pack} 中的对象 {oid}',
  '{file} is not a pack index that can be read': '无法读取包索引 {file}',
  '{file} is of an unknown version': '{file} 的版本未知',
  '{file} has its counts out of order': '{file} 的计数顺序错误',
  '{file} is cut short': '{file} 不完整',
  'a pack index is cut short': '包索引不完整',
  '{file} is not a pack that can be read': '无法读取包文件 {file}',
  '{file} is cut short or does not belong to its index': '{file} 不完整，或与其索引不符',
  'a pack has a loop of deltas': '包文件中的增量形成循环',
  'a delta in {pack} has no base': '{pack} 中有增量缺少基础',
  '{pack} has an object of an unknown kind': '{pack} 中有类型未知的对象',
  '{pack} has an object of an impossible size': '{pack} 中有大小不可能的对象',
  'an object in {pack} has another size': '{pack} 中有对象的大小不符',
  'commit {oid} is malformed': '提交 {oid} 格式错误',
  'tag {oid} is malformed': '标签 {oid} 格式错误',
  'tree {oid} is malformed': '目录树 {oid} 格式错误',
  'the ref {ref} leads in a circle': '引用 {ref} 循环指向自己',
  'its packed refs are malformed': 'packed-refs 格式错误',
  'the ref {ref} names "{target}"': '引用 {ref} 指向“{target}”',
  'the ref {ref} does not name a commit': '引用 {ref} 指向的不是提交',
  'object {oid} has no tree': '对象 {oid} 没有目录树',
  'tree {oid} is nested too deeply': '目录树 {oid} 嵌套太深',
});
