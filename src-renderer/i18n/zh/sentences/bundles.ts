import { sentences } from '../../sentences/table.ts';

/** Bundles: what is left out, what is not as it was written, and how outputs compare. */
export const bundles = sentences({
  'too large for the snapshot of the code; track it with DVC, or declare it as a dep':
    '太大，未放入代码快照；请用 DVC 跟踪，或声明为输入',
  'the run has no snapshot of the code': '这次运行没有代码快照',
  '{*what} is not put into bundles': '{*what}不放入复现包',
  'a Git submodule': 'Git 子模块',
  'a symbolic link': '符号链接',
  'left out on request': '按要求不包含',
  'the run kept no executed copy of its notebook': '运行没有保留笔记本的已执行副本',
  'it is larger than 200 MB': '超过 200 MB',
  'it is no whole notebook': '不是完整的笔记本',
  'its content was not recorded': '没有记录它的内容',
  'its content is not in the cache any more, and the file in the folder is another by now':
    '缓存中已没有它的内容，文件夹中的文件也已不同',
  'its name cannot be used on every system': '它的名称不能用于所有系统',
  'some systems cannot tell its name from that of {path}': '有些系统分不清它与 {path} 的名称',

  'the bytes differ; too large to compare value by value': '字节不同；文件太大，无法逐值比较',
  'the bytes differ': '字节不同',
  'one of the two is longer': '两者长度不同',
  '{before} became {after}': '{before} 变成了 {after}',
  'largest relative difference {value}': '最大相对差异 {value}',
  'largest relative difference {value} in {tensor}': '最大相对差异 {value}，在 {tensor} 中',
  'the tensors have other names, shapes or types': '张量的名称、形状或类型不同',
  'what the files hold besides tensors differs': '文件中张量以外的内容不同',
  'the bytes differ, and not all of the files can be compared':
    '字节不同，且文件中有无法比较的部分',
  'every tensor is identical; only the file around them differs':
    '所有张量完全一致，只是文件的其余部分不同',
  'its content was never recorded': '从未记录过它的内容',
  'the run did not make it': '这次运行没有生成它',
  'the bytes differ; the original is not in the bundle': '字节不同；包中没有原件',
  'a file became a directory': '文件变成了文件夹',
  'one is a file, the other a directory': '一个是文件，另一个是文件夹',
  'not made: {*paths}': '未生成：{*paths}',
  'made besides: {*paths}': '多生成：{*paths}',
  '{path} and {#count} more': '{path} 等，另有 {#count} 个',
  '{#close} of {#total} files differ, all within tolerance':
    '{#total} 个文件中有 {#close} 个不同，都在容差内',
  '{what}: {then} then, {now} here': '{what}：当时 {then}，本机 {now}',
  '{what}: none then, {now} here': '{what}：当时没有，本机 {now}',
  '{what}: {then} then, none here': '{what}：当时 {then}，本机没有',
  'System: {then} then, {now} here': '系统：当时 {then}，本机 {now}',
  'Architecture: {then} then, {now} here': '架构：当时 {then}，本机 {now}',
  'Processor: {then} then, {now} here': '处理器：当时 {then}，本机 {now}',
  'and {#count} more differences': '另有 {#count} 处差异',

  Collecting: '正在收集',
  Writing: '正在写入',
  Checking: '正在校验',
  'Checking the seal': '正在校验封印',
  Unpacking: '正在解压',
  Comparing: '正在比较',

  '{run} is still running. Export it when it has ended.': '{run} 仍在运行，请等它结束后再导出。',
  '{path} is there already. Choose another name, or replace it.':
    '{path} 已经存在。请换个名称，或替换它。',
  '{file} in the bundle is not JSON.': '复现包中的 {file} 不是 JSON。',
  'The bundle was written by a newer Cairn. Update Cairn, or follow its REPRODUCE.md by hand.':
    '这个复现包由更新版本的 Cairn 写入。请更新 Cairn，或按其中的 REPRODUCE.md 手动操作。',
  '{file} in the bundle lacks what it should hold.': '复现包中的 {file} 缺少应有的内容。',
  'The bundle is not as it was written ({*problem}), so nothing of it was run. “cairn verify” says more.':
    '复现包与写入时不一致（{*problem}），因此没有运行其中任何内容。详见“cairn verify”。',
  '{path} does not say how it was run.': '{path} 没有说明是怎样运行的。',
  '{folder} is not empty. Name a new folder, or an empty one.':
    '{folder} 不是空的。请指定一个新的或空的文件夹。',
  '{path} is a file.': '{path} 是一个文件。',
  '{name} must not be unpacked: {*why}.': '不能解压 {name}：{*why}。',
  'Windows cannot have a file that is called {name}.': 'Windows 中不能有名为 {name} 的文件。',
  'the manifest names it, but it is not there': '清单中有它，但它不在包里',
  "{path} is a zip, but not a bundle of Cairn's: it has no {file}.":
    '{path} 是 zip 文件，但不是 Cairn 的复现包：其中没有 {file}。',
  'the manifest does not name it': '清单中没有它',
  'its SHA-256 is {found}, not {wanted}': '它的 SHA-256 是 {found}，而不是 {wanted}',
  'it says what was run': '它说明运行了什么',
  'the archive has no seal: it was repacked, or cut, after Cairn wrote it':
    '压缩包没有封印：在 Cairn 写入之后被重新打包或截断过',
  'the files are intact, but the archive around them was changed after Cairn wrote it':
    '其中的文件完好，但压缩包本身在 Cairn 写入之后被改动过',
  '{path} is not a whole zip file ({*why}). Ask for it again.':
    '{path} 不是完整的 zip 文件（{*why}）。请重新索取。',
  '{name} is not in the bundle.': '{name} 不在复现包中。',
  '{name} is too large to read.': '{name} 太大，无法读取。',
  '{name} in the bundle is damaged. Ask for it again.': '复现包中的 {name} 已损坏，请重新索取。',
  'The bundle has too many entries.': '复现包中的条目太多。',
  'The bundle would unpack to far more than it can hold.':
    '复现包解压后的大小远超其可能容纳的内容。',
  'its name leads out of the bundle': '它的名称指向复现包之外',
  'its name leads out of the bundle or is not portable': '它的名称指向复现包之外，或不能跨系统使用',
  'it is a symbolic link': '它是符号链接',
  'it is neither a file nor a folder': '它既不是文件也不是文件夹',
  'it is encrypted': '它被加密了',
  'another entry has the same name': '另一个条目与它同名',
  '{path} exists already. Choose another name, or overwrite it.':
    '{path} 已存在。请换一个名称，或选择覆盖。',
});
