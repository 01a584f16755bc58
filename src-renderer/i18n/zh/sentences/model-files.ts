import { sentences } from '../../sentences/table.ts';

/** Model files other than those of PyTorch and NumPy. */
export const modelFiles = sentences({
  '{name} has no file with weights.': '{name} 中没有权重文件。',
  '{uri} names no version. Write models:/name/2, models:/name@alias, or models:/ and the id of a logged model.':
    '{uri} 没有指明版本。请写成 models:/名称/2、models:/名称@别名，或 models:/ 加上所记录模型的 id。',
  'Model Version (name={name}, version={version}) not found': '模型 {name} 没有版本 {version}',
  'Registered Model with name={name} not found': '没有名为 {name} 的已注册模型',
  'Registered model alias {alias} not found.': '没有模型别名 {alias}。',
  "Logged model with ID '{id}' not found.": '没有 ID 为 {id} 的模型。',
  '{path} is not a valid {format} file: {*why}.': '{path} 不是有效的 {format} 文件：{*why}。',
  '{path} has a piece of over 64 MiB where names and settings are expected.':
    '{path} 在应为名称和设置的地方有超过 64 MiB 的内容。',
  'a number was expected': '应为数字',
  'a value was expected': '应有一个值',
  'it is nested too deeply': '嵌套太深',

  '{model} keeps tensors in {file}, which is missing.':
    '{model} 的部分张量在 {file} 中，但该文件不存在。',
  '{model} keeps tensors in {file}, outside its own folder, which is not read.':
    '{model} 的部分张量在 {file} 中，它在模型文件夹之外，因此不读取。',
  '{model} keeps tensors in {file}, which is no regular file.':
    '{model} 的部分张量在 {file} 中，但它不是普通文件。',
  '{model} keeps tensors in {file}, a file with several names (hard links), which may be a file of anywhere: copy it to read it.':
    '{model} 的部分张量在 {file} 中，该文件有多个名称（硬链接），可能来自任何地方：请复制一份再读取。',
  'it is over 64 MiB': '超过 64 MiB',
  'it names over 10 000 files': '列出了超过 10 000 个文件',
  'it has no weight_map': '没有 weight_map',
  'the tensor {name} is not in {shard}': '张量 {name} 不在 {shard} 中',
  '{shard} holds {#count} tensors that the index does not look for there; they were left out.':
    '{shard} 中有 {#count} 个张量，索引并未指向那里，已略过。',
  '{path} is named by an index, but is no safetensors file.':
    '索引中列出了 {path}，但它不是 safetensors 文件。',

  'it is too short': '文件太短',
  'it does not start with GGUF': '不以 GGUF 开头',
  'it declares over 100 000 keys': '声明了超过 100 000 个键',
  'the alignment {value} is no power of two, or too large': '对齐 {value} 不是 2 的幂，或太大',
  'the tensor {name} has over 4 dimensions': '张量 {name} 超过 4 维',
  'the tensor type {#number} is unknown': '未知的张量类型 {#number}',
  'the shape of the tensor {name} does not fit its type': '张量 {name} 的形状与其类型不符',
  'the tensor {name} is not aligned': '张量 {name} 没有对齐',
  'the tensor {name} lies beyond its end': '张量 {name} 超出了文件末尾',
  'the tensor {name} overlaps another': '张量 {name} 与其他张量重叠',
  'This is part {#number} of {#count} of a model: the others are files of their own.':
    '这是模型的第 {#number} 部分，共 {#count} 部分：其余部分各在自己的文件中。',
  'a text is longer than {#limit} bytes': '一段文本超过 {#limit} 字节',
  'it declares more than it holds': '声明的内容比实际的多',
  'the value type {#number} is unknown': '未知的值类型 {#number}',
  'its lists are nested too deeply': '列表嵌套太深',

  'it has over 64 MiB of values outside raw data': 'raw data 之外的值超过 64 MiB',
  'a number has the wrong type': '有数字的类型不对',
  'its graphs are nested too deeply': '计算图嵌套太深',
  'it has no graph': '没有计算图',
  'it has two graphs': '有两个计算图',
  'The tensor {name} holds text and was left out.': '张量 {name} 存的是文本，已略过。',
  '{path} keeps the tensor {name} in segments, which no tool writes.':
    '{path} 把张量 {name} 分段存放，没有工具会这样写。',
  'the shape of the tensor {name} is larger than any file': '张量 {name} 的形状大过任何文件',
  'a tensor has its data twice': '有张量的数据出现两次',
  'a size is negative or larger than any file': '有大小为负，或大过任何文件',
  'a tensor has over 64 dimensions': '有张量超过 64 维',
  'the tensor {name} has another size than its shape needs': '张量 {name} 的大小与其形状不符',
  'the tensor {name} is in another file without saying in which':
    '张量 {name} 在另一个文件中，却没说是哪个',
  'the {key} of the tensor {name} is no size': '张量 {name} 的 {key} 不是大小',
  '{path} is cut short: the tensor {name} lies beyond its end.':
    '{path} 不完整：张量 {name} 超出了文件末尾。',
  'a message has a field of the unknown type {#type}': '消息中有未知类型 {#type} 的字段',
  'a message ends in the middle of a field': '消息在字段中间结束',
  'a number in a message has no end': '消息中有数字没有结束',
  'a name is too long': '有名称太长',

  '{path} is not a valid HDF5 file: the HDF5 library cannot open it.':
    '{path} 不是有效的 HDF5 文件：HDF5 库无法打开它。',
  'The values of {name} in {path} cannot be read: they are damaged, packed in an unknown way, or kept in another file, which is not opened.':
    '无法读取 {path} 中 {name} 的值：已损坏、压缩方式未知，或存放在另一个文件中，而那个文件不会打开。',
  'its groups are nested too deeply, or in a circle': '组嵌套太深，或成环',
  'it has over 400 000 objects': '有超过 400 000 个对象',
  '{name} is a link to elsewhere, which is not followed.': '{name} 是指向别处的链接，不会跟随。',
  '{name} is put together from other files, which are not opened.':
    '{name} 由其他文件拼成，那些文件不会打开。',
  '{name} holds text and was left out.': '{name} 存的是文本，已略过。',
  'the shape of {name} is larger than any file': '{name} 的形状大过任何文件',
  '{name} declares more values than the file can hold': '{name} 声明的值比文件能容纳的多',
  '{path} keeps {name} in chunks of over 256 MiB, more than is sensible.':
    '{path} 把 {name} 存成超过 256 MiB 的块，大得不合理。',
  '{*problem} in its configuration': '配置中{*problem}',
  'its configuration is no object': '配置不是对象',
  'it has no config.json': '没有 config.json',
  'it has no {file}': '没有 {file}',
  '{file} is over 64 MiB': '{file} 超过 64 MiB',
  'The layer {name} is a Lambda layer: a Python function that is in the file.':
    '层 {name} 是 Lambda 层：文件中带有一个 Python 函数。',
  'It holds the code of a Python function.': '其中带有一个 Python 函数的代码。',
  'It names {path}, which reaches beyond the model when it is loaded.':
    '其中提到 {path}，加载时会触及模型以外的东西。',
  'It names {path}, a class or function that is not part of Keras.':
    '其中提到 {path}，它是不属于 Keras 的类或函数。',

  '{path} holds over 64 MiB of numbers as text: save it in the binary format of its library to compare it.':
    '{path} 以文本存了超过 64 MiB 的数字：要比较，请用相应库的二进制格式保存。',
  '{path} is a model of over 256 MiB as text: save it in the binary format of its library to compare it.':
    '{path} 是超过 256 MiB 的文本模型：要比较，请用相应库的二进制格式保存。',
  '{path} is an XGBoost model of over 512 MiB.': '{path} 是超过 512 MiB 的 XGBoost 模型。',
  '{*problem} (character {#at})': '{*problem}（第 {#at} 个字符）',
  'it is no object': '不是对象',
  'it has no learner': '没有 learner',
  'it has no features_info': '没有 features_info',
  'a tree is no object': '有棵树不是对象',
  'a tree goes in circles': '有棵树成环',
  'a tree has a node too few': '有棵树缺少节点',
  'Its trees were not read: {*why}.': '没有读取其中的树：{*why}。',
  'they have over a million columns': '列数超过一百万',
  'they have over 16 million nodes': '节点数超过一千六百万',
  'the number of their columns makes no sense': '列数不合理',
  'a tree has a value too few': '有棵树缺少一个值',
  'an array of theirs is missing': '缺少其中的一个数组',
  'an array of theirs is of an unknown kind': '其中一个数组的类型未知',
  'a tree splits on a column that does not exist': '有棵树按不存在的列划分',
  'it does not start with a tree': '不以 tree 开头',
  'it is cut short: the end of its trees is missing': '文件不完整：缺少树的结尾',
  '{word} is no number': '{word} 不是数字',
  'a length is no size': '有长度不是大小',
  'the mark {mark} is unknown': '未知的标记 {mark}',
  'an object has one type for all of its members': '有对象给所有成员声明了同一类型',
  'a list has a type but no length': '有列表声明了类型却没有长度',

  'it does not end as a table': '结尾不是表的结尾',
  'its blocks overlap': '有块重叠',
  'a number has no end': '有数字没有结束',
  'an entry is cut short': '有条目不完整',
  'a block lies beyond its end': '有块超出了文件末尾',
  'a block fails its checksum': '有块的校验和不符',
  'a block is packed by the unknown method {#method}': '有块用未知的方法 {#method} 压缩',
  'a block unpacks to too much': '有块解压后太大',
  'a block cannot be unpacked': '有块无法解压',
  'a block is too short': '有块太短',
  'a key begins with more than the key before': '有键的共同前缀比前一个键还长',
  'its keys are not in order': '键没有按顺序排列',
  'it does not start with a header': '开头不是文件头',
  'it has no sound header': '没有完好的文件头',
  '{name} was saved in slices and was left out.': '{name} 是分片保存的，已略过。',
  '{name} holds no numbers and was left out.': '{name} 存的不是数字，已略过。',
  '{path} keeps tensors in shard {#shard} of {#count}.':
    '{path} 的部分张量在分片 {#shard} 中，但总共只有 {#count} 个分片。',
  'a table lies before its start': '有表在文件开头之前',
  'a list lies beyond its end': '有列表超出了文件末尾',
  'a list is too long': '有列表太长',
  'its mark TFL3 is missing': '缺少标记 TFL3',
  'it has over 10 000 graphs': '有超过 10 000 个计算图',
  'it has over 500 000 tensors': '有超过 500 000 个张量',
  'a buffer lies beyond its end': '有缓冲区超出了文件末尾',
  'a tensor has a buffer that does not exist': '有张量的缓冲区不存在',
  '{name} is stored sparsely and was left out.': '{name} 以稀疏方式存储，已略过。',

  'its mark CBM1 is missing': '缺少标记 CBM1',
  'it is cut short': '文件不完整',
  'it has no trees': '没有树',
  'its trees are not sound': '树的数据不完好',
  'Its trees are not symmetric: their arrays are tensors of all trees together.':
    '其中的树不对称：每个数组是所有树合在一起的一个张量。',
  'One file has a graph of operators and the other layers, which cannot be compared. Shown is {file}.':
    '一个文件是算子图，另一个是层，两者无法比较。这里显示的是 {file}。',
  'Only {file} says how its tensors are used.': '只有 {file} 说明了张量的用法。',
  'There is no tree {#index} in these models.': '这些模型中没有第 {#index} 棵树。',
  'The code in {file} is too large to be shown.': '{file} 中的代码太大，无法显示。',
  '{#count} files of code are not shown.': '有 {#count} 个代码文件未显示。',
});
