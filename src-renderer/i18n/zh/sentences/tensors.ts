import { sentences } from '../../sentences/table.ts';

/** Files of tensors, and the archives that some of them are. */
export const tensors = sentences({
  '{path} is not a regular file.': '{path} 不是普通文件。',
  'No permission to read {path}.': '没有读取 {path} 的权限。',
  'Values stored as {kind} cannot be read.': '无法读取以 {kind} 方式存储的值。',
  '{path} could not be opened.': '无法打开 {path}。',
  '{path} is cut short: it ends before its contents do.': '{path} 不完整：内容还没完文件就结束了。',
  '{path} became shorter while it was read.': '{path} 在读取时变短了。',
  '{name} in {path}': '{path} 中的 {name}',
  '{path} holds no tensors that can be read: it is none of the model files that Cairn knows.':
    '{path} 中没有可读取的张量：它不是 Cairn 认识的模型文件。',

  '{path} is not a valid safetensors file: {*why}.': '{path} 不是有效的 safetensors 文件：{*why}。',
  'it is shorter than 8 bytes': '不足 8 字节',
  'its header is over 100 MB': '文件头超过 100 MB',
  'it ends inside its header': '文件头不完整',
  'its header is not UTF-8': '文件头不是 UTF-8',
  'its header does not start with {': '文件头不以 { 开头',
  '{*problem} (character {#at} of the header)': '{*problem}（文件头第 {#at} 个字符）',
  'it declares over 200 000 tensors': '声明了超过 200 000 个张量',
  'the dtype {type} is unknown': '未知的 dtype {type}',
  'a tensor has no member {name}': '张量没有 {name} 这个字段',
  'the tensor {name} lacks its dtype, shape or data_offsets':
    '张量 {name} 缺少 dtype、shape 或 data_offsets',
  'the bytes of the tensor {name} do not fit its shape and dtype':
    '张量 {name} 的字节数与其形状和 dtype 不符',
  'a list has more than {#count} numbers': '一个列表超过 {#count} 个数',
  'the tensor {name} leaves a gap or overlaps another': '张量 {name} 前有空隙，或与其他张量重叠',
  'it is cut short: tensors lie beyond its end': '文件不完整：有张量超出了文件末尾',
  '{#count} bytes at its end belong to no tensor': '末尾有 {#count} 字节不属于任何张量',
  'the key {key} occurs twice': '键 {key} 出现两次',
  'a string is not closed or holds a control character': '字符串没有结束，或含有控制字符',
  'a string holds an unknown escape': '字符串中有未知的转义',
  'a number is larger than any file': '数字大过任何文件',
  'a whole number was expected': '应为整数',
  'a number starts with a zero': '数字以零开头',
  'something follows the end': '结尾之后还有内容',
  '{what} was expected': '应为 {what}',

  '{path} is cut short: its array needs {#need} bytes and the file has {#size}.':
    '{path} 不完整：数组需要 {#need} 字节，文件只有 {#size} 字节。',
  '{#count} bytes behind the first array were not read.':
    '没有读取第一个数组之后的 {#count} 字节。',
  '{*where} is not a valid NPY array: {*why}.': '{*where} 不是有效的 NPY 数组：{*why}。',
  'it does not start as one': '开头不对',
  'its version {version} is unknown': '未知的版本 {version}',
  'its header is over 64 KiB': '文件头超过 64 KiB',
  'its header must have descr, fortran_order and shape, and only those':
    '文件头必须有且只有 descr、fortran_order 和 shape',
  'fortran_order must be True or False': 'fortran_order 必须是 True 或 False',
  'shape must be a tuple': 'shape 必须是元组',
  'shape must hold whole numbers': 'shape 必须由整数组成',
  'it has over 64 dimensions': '超过 64 维',
  '{*where} holds a structured array; save its fields as arrays of their own to compare them.':
    '{*where} 是结构化数组；要比较，请把各字段存为单独的数组。',
  'descr must be a type string': 'descr 必须是类型字符串',
  'its shape is larger than any file': '形状大过任何文件',
  'the type {type} is unknown': '未知的类型 {type}',
  'the type {type} has no size': '类型 {type} 没有大小',
  '{*where} holds Python objects, which could run code when they are loaded; save plain numbers instead.':
    '{*where} 含有 Python 对象，加载时可能运行代码；请改存普通数字。',
  '{what} was expected in its header': '文件头中应为 {what}',
  'its header is nested too deeply': '文件头嵌套太深',
  'a value was expected in its header': '文件头中应有一个值',
  'a tuple of one item needs a comma': '单元素元组需要逗号',
  'the keys of its header must be strings': '文件头的键必须是字符串',
  'the key {key} occurs twice in its header': '文件头中键 {key} 出现两次',
  'something follows the end of its header': '文件头之后还有内容',
  'character {#at} of its header cannot be read': '无法读取文件头的第 {#at} 个字符',
  'a number in its header is larger than any file': '文件头中的数字大过任何文件',

  '{name} is not an array and was left out.': '{name} 不是数组，已略过。',
  '{path} holds two arrays called {name}.': '{path} 中有两个名为 {name} 的数组。',
  '{*where} has another length than its shape needs.': '{*where} 的长度与其形状不符。',
  '{path} is an archive without NumPy arrays.': '{path} 是不含 NumPy 数组的压缩包。',
  'A member of {path} is empty where compressed data should be.':
    '{path} 中有个成员本应有压缩数据，却是空的。',
  'A member of {path} inflates to more than its declared size.':
    '{path} 中有个成员解压后超过声明的大小。',
  'A member of {path} cannot be inflated.': '{path} 中有个成员无法解压。',
  'A member of {path} inflates to less than its declared size.':
    '{path} 中有个成员解压后不足声明的大小。',
  'A member of {path} fails its checksum.': '{path} 中有个成员的校验和不符。',
  '{path} is not a sound zip archive: {*why}.': '{path} 不是完好的 zip 压缩包：{*why}。',
  'its directory is missing, so it may be cut short': '缺少目录，文件可能不完整',
  'its zip64 record is missing': '缺少 zip64 记录',
  'it is one part of several': '它只是多个分卷之一',
  'its directory lies beyond its end': '目录超出了文件末尾',
  'it has too many members': '成员太多',
  'its directory is shorter than its members need': '目录比成员所需的短',
  'a size in it is larger than any file': '其中的大小大过任何文件',
  'its directory is damaged': '目录已损坏',
  'the name {name} occurs twice': '名称 {name} 出现两次',
  '{name} in {path} is encrypted and cannot be read.': '{path} 中的 {name} 已加密，无法读取。',
  '{name} in {path} is compressed by method {#method}; only stored and deflated members can be read.':
    '{path} 中的 {name} 用方法 {#method} 压缩；只能读取未压缩或 deflate 压缩的成员。',
  'the sizes of {name} disagree': '{name} 的大小前后不一',
  'a zip64 field is cut short': 'zip64 字段不完整',
  'a zip64 field is missing': '缺少 zip64 字段',
  'the name of a member is not UTF-8': '有成员的名称不是 UTF-8',
  '{path} would unpack from {#stored} to {#size} bytes, more than is sensible: it looks like a zip bomb. Save it uncompressed if it is meant to be read.':
    '{path} 会从 {#stored} 字节解压到 {#size} 字节，大得不合理，像是 zip 炸弹。如果确实要读取，请存为未压缩的形式。',
  '{name} lies beyond its end': '{name} 超出了文件末尾',
  '{name} has no local record': '{name} 没有本地记录',
  '{name} has two names': '{name} 有两个名称',
  'two of its members overlap': '有两个成员重叠',
});
