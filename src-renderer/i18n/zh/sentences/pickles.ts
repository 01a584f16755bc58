import { sentences } from '../../sentences/table.ts';

/** Pickles, and the files of PyTorch and scikit-learn that hold them. */
export const pickles = sentences({
  'It names {path}, which can run code when the file is loaded.':
    '它引用了 {path}，加载文件时可能运行代码。',
  'It names {path}, which is not known to be harmless.': '它引用了 {path}，无法确认其无害。',
  'It names {#count} more.': '还引用了另外 {#count} 个。',
  '{name} lies outside the file.': '{name} 不在文件内。',
  '{name} mixes numbers with objects and was left out.': '{name} 混有数字和对象，已略过。',
  '{name} is too large to be read from a packed file.': '{name} 太大，无法从压缩文件中读取。',
  '{#count} smaller things are not shown.': '还有 {#count} 项次要内容未显示。',

  '{path} is not a sound pickle: {*why}.': '{path} 不是完好的 pickle 文件：{*why}。',
  '{path} is not a sound PyTorch file: {*why}.': '{path} 不是完好的 PyTorch 文件：{*why}。',
  'it ends inside a value': '在一个值的中间结束',
  'a line in it is too long': '其中有一行太长',
  'it has over 16 million instructions': '指令超过 1600 万条',
  'it holds an unknown instruction (byte {#at})': '含有未知指令（第 {#at} 字节）',
  'it ends with values left over': '结束时还有剩余的值',
  'it needs too much memory': '需要的内存太多',
  'it takes a value that is not there': '取用了不存在的值',
  'it is nested too deeply': '嵌套太深',
  'it refers to a value that is not there': '引用了不存在的值',
  'it refers to itself too often': '引用自身的次数太多',
  'a call in it has no list of arguments': '其中有个调用没有参数列表',
  'it appends to what is no list': '向不是列表的东西追加',
  'a key in it has no value': '其中有个键没有值',
  'it sets keys in what is no dict': '在不是字典的东西里设置键',
  'it gives a state to what is no object': '给不是对象的东西设置状态',
  'a number in it cannot be read': '其中有个数字无法读取',
  'a number in it is too long': '其中有个数字太长',
  'a string in it cannot be read': '其中有个字符串无法读取',
  'its protocol is newer than 5': '协议版本高于 5',
  'it needs buffers that lie outside of it': '需要文件之外的缓冲区',
  'a class in it has no name': '其中有个类没有名称',
  'the type of an array in it cannot be read': '其中有个数组的类型无法读取',
  'the type or the shape of an array in it cannot be read': '其中有个数组的类型或形状无法读取',
  'the axes of an array in it cannot be read': '其中有个数组的轴无法读取',
  'an array in it has no elements': '其中有个数组没有元素',
  'an array in it has another length than its shape needs': '其中有个数组的长度与其形状不符',
  'it holds over 200 000 tensors': '张量超过 200 000 个',
  'the names of its tensors are too long': '张量的名称太长',

  '{path} is compressed with {method}, which is not read; save it with zlib, gzip or none.':
    '{path} 用 {method} 压缩，无法读取；请用 zlib、gzip 或不压缩保存。',
  '{path} unpacks to over 200 times its size, more than is sensible. Save it uncompressed if it is meant to be read.':
    '{path} 解压后超过原大小的 200 倍，不合常理。如果确实要读取它，请保存为不压缩的文件。',
  '{path} unpacks to over 512 MB; save it uncompressed to compare it.':
    '{path} 解压后超过 512 MB；要比较，请保存为不压缩的文件。',
  '{path} is a damaged pickle: it cannot be unpacked.': '{path} 是损坏的 pickle 文件：无法解压。',
  '{#count} bytes follow the pickle and were not read.': 'pickle 之后还有 {#count} 字节没有读取。',
  '{name} lies in a file of its own, as joblib did before 0.10, and was not read.':
    '{name} 存在单独的文件里（joblib 0.10 之前的做法），没有读取。',

  '{name} is changed after it was made, which PyTorch never writes and which has been used to overwrite memory (CVE-2026-24747).':
    '{name} 在创建之后又被修改；PyTorch 从不这样写，这种手法曾被用来覆写内存（CVE-2026-24747）。',
  '{name} is sparse or nested: its parts are compared, not its elements.':
    '{name} 是稀疏或嵌套张量：比较的是其组成部分，而不是各个元素。',
  '{name} has elements of an unknown type and was left out.': '{name} 的元素类型未知，已略过。',
  '{name} has no elements in the file and was left out.': '{name} 在文件中没有元素，已略过。',
  '{name} is the negative of whole numbers and was left out.': '{name} 是整数的负值视图，已略过。',
  '{name} repeats a small storage many times and was left out.':
    '{name} 多次重复一小块存储，已略过。',
  'the parts of the tensor {name} cannot be read': '张量 {name} 的组成部分无法读取',
  'the shape of the tensor {name} is larger than any file': '张量 {name} 的形状大过任何文件',
  'the tensor {name} has not one stride for each dimension': '张量 {name} 并非每一维都有一个步长',
  'the tensor {name} reaches beyond its storage': '张量 {name} 超出了它的存储',
  'a tensor in it has no parts': '其中有个张量没有组成部分',
  'its version is unknown': '版本未知',
  'its list of storages is missing': '缺少存储列表',
  'it holds over 200 000 storages': '存储超过 200 000 个',
  'the type of a storage is unknown': '有个存储的类型未知',
  'it ends before its storages do': '存储还没完文件就结束了',
  'the storage {name} has another size than its pickle says':
    '存储 {name} 的大小与 pickle 所写不符',
  'its storage {name} is missing': '缺少存储 {name}',
  'a view reaches beyond its storage': '有个视图超出了它的存储',
  'a view of a storage cannot be read': '有个存储的视图无法读取',
  'the parts of a tensor cannot be read': '有个张量的组成部分无法读取',
  'a tensor has over 64 dimensions': '有个张量超过 64 维',
  'a count cannot be read': '有个计数无法读取',
  'its member {name} is missing': '缺少成员 {name}',
  '{#count} bytes follow the last storage and were not read.':
    '最后一个存储之后还有 {#count} 字节没有读取。',
  '{#count} bytes follow the pickle in {name} and were not read.':
    '{name} 中的 pickle 之后还有 {#count} 字节没有读取。',
  'it is no archive, nor in one of the older formats': '它不是压缩包，也不是任何一种旧格式',
  'it has no data.pkl': '没有 data.pkl',
  'it has two pickles called data.pkl': '有两个名为 data.pkl 的 pickle',
  'its byte order is unknown': '字节序未知',
  'it has two tensors called {name}': '有两个名为 {name} 的张量',
  'its pickle is over 256 MB unpacked': 'pickle 解压后超过 256 MB',
  '{#count} members of the archive were not read: {*names}.':
    '压缩包中有 {#count} 个成员没有读取：{*names}。',
  'It carries TorchScript code, which runs when the model is used: {*names}.':
    '它带有 TorchScript 代码，使用模型时会运行：{*names}。',

  'the member at byte {#at} fails its checksum': '第 {#at} 字节处的成员校验和不符',
  'the size of {name} cannot be read': '{name} 的大小无法读取',
  'it ends before its members do': '成员还没完文件就结束了',
  'Its elements lie scattered over more than 1 GiB: too large to be put in order.':
    '元素散布在超过 1 GiB 的范围内：太大，无法整理顺序。',
});
