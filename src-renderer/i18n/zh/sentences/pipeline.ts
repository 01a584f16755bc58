import { sentences } from '../../sentences/table.ts';

/** Stages: why they run, and what is wrong in their files. */
export const pipeline = sentences({
  'nothing changed': '没有变化',
  'its command changed': '命令已修改',
  'runs every time: {*why}': '每次都运行：{*why}',
  'it says always_changed': '声明了 always_changed',
  'it has neither deps nor outputs': '既没有输入也没有产物',
  '{path} is new': '{path} 是新增的',
  '{path} is a new dep': '{path} 是新增的输入',
  '{path} is missing': '缺少 {path}',
  '{path} changed': '{path} 已修改',
  '{path} was never recorded': '{path} 从未记录过',
  '{path} is not in the cache': '缓存中没有 {path}',
  '{path} changed, and what was recorded is not in the cache':
    '{path} 已修改，而记录的内容不在缓存中',
  '{path} was changed after it was made': '{path} 在生成之后被改动过',
  '{stage} has not run yet': '{stage} 尚未运行过',
  '{stage} runs first': '{stage} 要先运行',
  'and {#count} more': '另有 {#count} 项',
  '{file} is a new params file': '{file} 是新增的参数文件',
  '{key} is not in {file} any more': '{file} 中已没有 {key}',
  '{key} is new: {value}': '新增 {key}：{value}',
  '{key} changed from {from} to {to}': '{key} 由 {from} 改为 {to}',
  '{key} changed from nothing to {to}': '{key} 由无改为 {to}',
  '{key} changed from {from} to nothing': '{key} 由 {from} 改为无',

  '{*what} must be text.': '{*what}必须是文本。',
  '{*what} must be true or false.': '{*what}必须是 true 或 false。',
  '{*what} must be a list.': '{*what}必须是列表。',
  '{*what} must be a mapping.': '{*what}必须是映射。',
  '{*what} must be {*expected}.': '{*what}必须是{*expected}。',
  '“{key}” is not a key of {*kind}.{*hint}': '{*kind}没有“{key}”这个键。{*hint}',
  '{*what} needs “{key}”.': '{*what}缺少“{key}”。',
  ' Did you mean “{word}”?': '是不是想写“{word}”？',
  'a path, or a path with its settings': '路径，或路径加设置',
  'a file or a mapping': '文件或映射',
  'text or a list': '文本或列表',
  'a key, or a file with its keys': '键，或文件加上其中的键',
  'an output': '产物',
  'a metric': '指标',
  'a plot': '图',
  'a stage': '阶段',
  'a foreach stage': 'foreach 阶段',
  'a list, a mapping or an expression': '列表、映射或表达式',
  'an artifact': 'artifact',
  'a path or a mapping': '路径或映射',
  'a list': '列表',
  'a mapping': '映射',
  'the file': '文件',
  'item {#number} of {*list}': '{*list}的第 {#number} 项',

  'a command of stage {stage} is empty.': '阶段 {stage} 有一条空命令。',
  'the command of stage {stage} is empty.': '阶段 {stage} 的命令是空的。',
  'the params of {file} must be a list of keys, or nothing for all of it.':
    '{file} 的参数必须是键的列表；留空则表示全部。',
  'output “{path}” lies outside the workspace, where its content cannot be kept. Say “cache: false” or move it inside.':
    '产物“{path}”在工作区之外，无法保存其内容。请写上“cache: false”，或把它移进来。',
  'the workspace itself cannot be an output of stage {stage}.':
    '工作区本身不能作为阶段 {stage} 的产物。',
  'an item of “{key}”': '“{key}”中的一项',
  '{*what} of stage {stage} is empty.': '阶段 {stage} 的{*what}是空的。',
  '{*what} of stage {stage} must be text.': '阶段 {stage} 的{*what}必须是文本。',
  '“{key}” is kept for foreach and matrix. Rename it.':
    '“{key}”是 foreach 和 matrix 的保留名称，请改名。',
  '{path} was loaded before; “{keys}” cannot be loaded again in part.':
    '{path} 已经载入过，不能再单独载入其中的“{keys}”。',
  'the vars file {path} does not exist.': 'vars 文件 {path} 不存在。',
  'there is no value “{name}” in params.yaml or vars.': 'params.yaml 和 vars 中没有“{name}”。',
  '“{path}” of {source} is already defined in {*other}. Rename one of them.':
    '{source} 中的“{path}”已在 {*other} 中定义，请给其中一个改名。',
  'another place': '别处',
  'there is no “{key}” in {path}.': '{path} 中没有“{key}”。',
  '“foreach” of {stage} must be a list or a mapping.': '{stage} 的“foreach”必须是列表或映射。',
  'axis “{axis}” of {stage} must be a list.': '{stage} 的“{axis}”轴必须是列表。',
  '{stage} has more than {#count} combinations.': '{stage} 的组合超过 {#count} 种。',
  'vars cannot use expressions themselves.': 'vars 本身不能使用表达式。',
  '“{expression}” cannot be read {*where}. Only names, “.” and “[index]” are allowed between the braces; write “\\${” for a literal one.':
    '无法理解“{expression}”：问题出在{*where}。大括号里只能有名称、“.”和“[序号]”；要写字面的请用“\\${”。',
  'at its end': '末尾',
  'at “{part}” (character {#at})': '“{part}”处（第 {#at} 个字符）',
  '“{expression}” is {*type}; only a single value can stand here.':
    '“{expression}”是{*type}；这里只能是单个值。',
  'the list “{name}” holds lists; it cannot be printed.': '列表“{name}”里还有列表，无法写成文本。',
  'output “{path}” of {stage} contains the pipeline file {file}. Move the file out of it.':
    '{stage} 的产物“{path}”里含有流水线文件 {file}，请把这个文件移出来。',
  'stage {stage} needs “{path}”, which is, holds or lies in one of its own outputs. Remove the dep or the output.':
    '阶段 {stage} 的输入“{path}”与它自己的产物重叠。请去掉这个输入或产物。',
  'output “{path}” is listed twice in stage {stage}. A path can have only one producer.':
    '产物“{path}”在阶段 {stage} 中列了两次。一个路径只能由一处生成。',
  'output “{path}” of {stage} is also an output of {other} ({place}). A path can have only one producer.':
    '{stage} 的产物“{path}”也是 {other} 的产物（{place}）。一个路径只能由一个阶段生成。',
  'output “{path}” of {stage} lies in output “{outer}” of {other} ({place}). Outputs may not overlap: write them to separate folders.':
    '{stage} 的产物“{path}”在 {other} 的产物“{outer}”之内（{place}）。产物不能重叠，请写到不同的文件夹。',
  'the stages need each other in a circle: {stages} (each needs what the next one makes). Remove one of these deps.':
    '阶段之间循环依赖：{stages}（前一个需要后一个的产物）。请去掉其中一个输入。',
  '“{path}” cannot be an output: “{part}” is left out by .dvcignore, or belongs to Git, DVC or Cairn.':
    '“{path}”不能作为产物：“{part}”被 .dvcignore 忽略，或属于 Git、DVC 或 Cairn。',
  '“{path}” cannot be an output: it is a file of DVC itself.':
    '“{path}”不能作为产物：它是 DVC 自己的文件。',
  '{file} is not valid TOML.': '{file} 不是有效的 TOML。',
  '{file} is not valid JSON.': '{file} 不是有效的 JSON。',
  'not valid TOML.': '不是有效的 TOML。',
  'not valid JSON.': '不是有效的 JSON。',
  '{file} must hold keys and values at its top level.': '{file} 的顶层必须是键和值。',
  'stage {stage} needs “{path}”, which does not exist and no stage makes. Put it there, or correct the path.':
    '阶段 {stage} 需要“{path}”，但它不存在，也没有阶段生成它。请放入这个文件，或改正路径。',
  'stage {stage} needs the params file {file}, which does not exist.':
    '阶段 {stage} 需要参数文件 {file}，但它不存在。',
  'stage {stage} needs “{key}”, which is not in {file}.':
    '阶段 {stage} 需要“{key}”，但 {file} 中没有。',
  '{stage} removed its own dep {path} while it ran, so nothing was recorded. Bring it back, and do not delete inputs in a stage.':
    '{stage} 在运行时删除了自己的输入 {path}，因此没有记录。请恢复它，且不要在阶段中删除输入。',
  '{path} is missing, and the cache does not have it. Fetch it with “dvc pull”, or put it back.':
    '缺少 {path}，缓存中也没有。请用“dvc pull”获取，或把它放回来。',
  '{stage} did not make {path}, which {file} lists as its {*kind}.':
    '{stage} 没有生成 {path}，而 {file} 把它列为{*kind}。',
  out: '产物',
  output: '产物',
  metric: '指标',
  plot: '图',
  'There is no stage, pipeline file or output “{target}” here.{*hint}':
    '这里没有名为“{target}”的阶段、流水线文件或产物。{*hint}',
  '“{text}” is not a param. Write key=value, or file.yaml:key=value.':
    '“{text}”不是参数。请写成 key=value 或 file.yaml:key=value。',
  'There is no params file {file} to set {key} in.': '没有参数文件 {file}，无法设置 {key}。',
  '{key} is in {files}. Say which: “{example}”.': '{key} 同时在 {files} 中。请指明：“{example}”。',
  '{key} could not be changed in {file} without touching the rest. Edit the file by hand.':
    '无法只改 {file} 中的 {key} 而不动其余内容，请手动编辑这个文件。',
  'There is no param “{key}” in {file}.{*hint}': '{file} 中没有参数“{key}”。{*hint}',
  ' To add it, write “{param}”.': '要新增，请写“{param}”。',
  '{root} cannot be written to, and a pipeline writes its outputs there. Copy the folder, or ask for the right to write.':
    '{root} 不可写，而流水线要把产物写在那里。请复制这个文件夹，或申请写入权限。',
  'There is no pipeline in {root}: no stage in a dvc.yaml.':
    '{root} 中没有流水线：dvc.yaml 里没有阶段。',
});
