/** Environment variables that change results, and say nothing of who is at the machine. */
const allowed =
  /^(CUDA_VISIBLE_DEVICES|CUDA_DEVICE_ORDER|HIP_VISIBLE_DEVICES|CUBLAS_WORKSPACE_CONFIG|CUDNN_[A-Z_]+|NVIDIA_TF32_OVERRIDE|NCCL_[A-Z_]+|OMP_[A-Z_]+|MKL_[A-Z_]+|OPENBLAS_[A-Z_]+|VECLIB_MAXIMUM_THREADS|NUMEXPR_[A-Z_]+|BLIS_NUM_THREADS|TORCH_[A-Z_]+|PYTORCH_[A-Z_]+|TF_(DETERMINISTIC_OPS|CUDNN_DETERMINISTIC|ENABLE_ONEDNN_OPTS|FORCE_GPU_ALLOW_GROWTH|GPU_ALLOCATOR|XLA_FLAGS)|XLA_FLAGS|JAX_(ENABLE_X64|PLATFORMS|PLATFORM_NAME|DISABLE_JIT)|PYTHONHASHSEED|PYTHONOPTIMIZE|PYTHONUTF8|PYTHONDONTWRITEBYTECODE|CONDA_DEFAULT_ENV|TOKENIZERS_PARALLELISM|WORLD_SIZE|RANK|LOCAL_RANK|SLURM_JOB_ID|SLURM_CPUS_PER_TASK|LANG|LC_[A-Z]+|TZ)$/;

/** A name on the list that sounds like a secret is left out all the same. */
const secret = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|API_?KEY|PRIVATE/;

export function allowedVariables(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env)
      .filter(([name, value]) => value !== undefined && allowed.test(name) && !secret.test(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)) as [string, string][],
  );
}
