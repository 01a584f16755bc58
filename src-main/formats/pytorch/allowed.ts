/** What PyTorch's own files name: the list of its `weights_only` loader, and classes of modules. */
import { isNumpyName } from '../pickle/index.ts';
import { namedType, storageType, tensorClassType } from './storages.ts';

const names: ReadonlySet<string> = new Set(
  `torch.Size torch.Tensor torch.device torch.nn.parameter.Parameter torch.nn.parameter.Buffer
  torch.nn.parameter.UninitializedParameter torch.nn.parameter.UninitializedBuffer
  torch._tensor._rebuild_from_type torch._tensor._rebuild_from_type_v2 torch.serialization._get_layout
  torch._C._nn.Tensor torch.strided torch.per_tensor_affine torch.per_channel_affine
  torch.per_channel_affine_float_qparams torch.contiguous_format torch.channels_last
  torch.preserve_format torch.channels_last_3d torch.storage.TypedStorage
  torch.jit._pickle.build_intlist torch.jit._pickle.build_doublelist torch.jit._pickle.build_boollist
  torch.jit._pickle.build_tensorlist torch.jit._pickle.build_tensor_from_id
  torch.jit._pickle.restore_type_tag torch.sparse_coo torch.sparse_csr torch.sparse_csc
  torch.sparse_bsr torch.sparse_bsc`.split(/\s+/),
);

/** Functions that make a tensor of its parts. */
const rebuild = /^torch\._utils\._rebuild_\w+$/;

/** Modules and optimisers: classes with a capital letter in the packages that hold nothing else. */
const classes =
  /^torch\.(nn\.modules|nn\.utils\.parametrizations|nn\.parallel|optim|optim\.\w+|ao\.nn)(\.\w+)*\.[A-Z]\w*$/;

/** Whether a file of PyTorch may name this without surprise. */
export function isTorchName(path: string): boolean {
  return (
    names.has(path) ||
    rebuild.test(path) ||
    classes.test(path) ||
    storageType(path) !== null ||
    namedType(path) !== null ||
    tensorClassType(path) !== null ||
    isNumpyName(path)
  );
}
