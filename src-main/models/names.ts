/** Names of tensors without what frameworks and exports put around them. */

/** Parts that wrappers add in front: DataParallel, trainers, adapters. */
const leading: ReadonlySet<string> = new Set(['module', 'model', 'base_model']);
/** Parts that wrappers add anywhere: `torch.compile`, FSDP, DeepSpeed, checkpointing. */
const anywhere: ReadonlySet<string> = new Set([
  '_orig_mod',
  '_fsdp_wrapped_module',
  '_forward_module',
  '_checkpoint_wrapped_module',
]);

/** Last parts of Keras and what PyTorch calls the same. */
const lastParts: ReadonlyMap<string, string> = new Map([
  ['kernel', 'weight'],
  ['gamma', 'weight'],
  ['embeddings', 'weight'],
  ['beta', 'bias'],
  ['moving_mean', 'running_mean'],
  ['moving_variance', 'running_var'],
]);

/** GGUF's names (gguf-py, `constants.py`) and those of the same parts in Hugging Face's Llamas. */
const ggufParts: ReadonlyMap<string, string> = new Map([
  ['token_embd', 'embed_tokens'],
  ['output_norm', 'norm'],
  ['output', 'lm_head'],
  ['attn_norm', 'input_layernorm'],
  ['attn_q', 'self_attn.q_proj'],
  ['attn_k', 'self_attn.k_proj'],
  ['attn_v', 'self_attn.v_proj'],
  ['attn_output', 'self_attn.o_proj'],
  ['attn_q_norm', 'self_attn.q_norm'],
  ['attn_k_norm', 'self_attn.k_norm'],
  ['ffn_norm', 'post_attention_layernorm'],
  ['ffn_gate', 'mlp.gate_proj'],
  ['ffn_up', 'mlp.up_proj'],
  ['ffn_down', 'mlp.down_proj'],
]);

/**
 * A name to compare by: `module.fc1.weight`, `fc1/kernel:0` and `_orig_mod.fc1.weight` have the same,
 * and so have `blk.0.attn_q.weight` and `model.layers.0.self_attn.q_proj.weight`.
 */
export function plainName(name: string): string {
  const parts = name
    .replace(/:\d+$/, '')
    .split(/[./]/)
    .filter((part) => !anywhere.has(part));
  while (parts.length > 1 && leading.has(parts[0]!)) parts.shift();
  const last = parts.at(-1);
  if (last !== undefined) parts[parts.length - 1] = lastParts.get(last) ?? last;
  return fromGguf(parts).join('.');
}

function fromGguf(parts: string[]): string[] {
  if (parts[0] === 'blk' && parts.length > 2) {
    const [, block = '', part = '', ...rest] = parts;
    return ['layers', block, ggufParts.get(part) ?? part, ...rest];
  }
  const [part = '', ...rest] = parts;
  return parts.length === 2 && ggufParts.has(part) ? [ggufParts.get(part)!, ...rest] : parts;
}
