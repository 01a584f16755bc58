/** Judging a pickle by the classes and functions it names. */
import type { TensorBadge } from '../tensor-file.ts';
import type { PickleGlobal } from './values.ts';

/** Sentences about more names than this help nobody. */
const maxFindings = 50;

/** Modules of which a pickle needs nothing unless it means to run something. */
const dangerousModules: ReadonlySet<string> = new Set(
  `os nt posix posixpath ntpath subprocess _posixsubprocess popen2 commands sys shutil socket _socket
  socketserver ssl http urllib urllib2 requests aiohttp httplib ftplib smtplib telnetlib poplib imaplib
  nntplib xmlrpc webbrowser asyncio multiprocessing _thread threading concurrent pty ctypes _ctypes cffi
  importlib imp zipimport pkgutil runpy code codeop pdb bdb trace timeit profile cProfile doctest pydoc
  unittest test.support pip ensurepip venv distutils setuptools site linecache fileinput glob tempfile signal
  gc inspect atexit mmap fcntl resource platform getpass readline rlcompleter tkinter turtle idlelib
  lib2to3 marshal dill cloudpickle jsonpickle pickle cPickle _pickle shelve sqlite3 dbm winreg msvcrt
  _winapi nturl2path logging.config curses antigravity dis py_compile compileall types torch.hub
  torch.package torch.utils.cpp_extension torch.utils._config_module torch._inductor
  torch._dynamo torch.distributed.rpc torch.utils.bottleneck torch.utils.collect_env
  torch.utils.data.datapipes torch.jit.unsupported_tensor_ops numpy.testing numpy.f2py
  numpy.distutils numpy.lib.npyio joblib.numpy_pickle.load`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

/** Functions that run, import or open something, or reach from one object to any other. */
const dangerousFunctions: ReadonlySet<string> = new Set([
  ...[
    'eval exec execfile compile open file __import__ getattr setattr delattr globals locals vars',
    'apply breakpoint input raw_input memoryview reload help exit quit',
  ]
    .join(' ')
    .split(' ')
    .flatMap((name) => [`builtins.${name}`, `__builtin__.${name}`, `__builtins__.${name}`]),
  'io.open',
  'io.open_code',
  '_io.open',
  '_io.open_code',
  '_io.FileIO',
  'io.FileIO',
  'codecs.open',
  'operator.attrgetter',
  'operator.methodcaller',
  '_operator.attrgetter',
  '_operator.methodcaller',
  'pandas.eval',
  'pandas.read_pickle',
  'pandas.io.pickle.read_pickle',
  'numpy.load',
  'joblib.load',
  'torch.load',
  'torch.serialization.load',
  'torch.serialization._legacy_load',
  'torch.serialization._load',
  'torch.jit.load',
  'torch.from_file',
  'torch.storage._load_from_bytes',
  'torch.classes.load_library',
  'torch.ops.load_library',
]);

/** Classes and functions of Python itself that only make data. */
const harmlessNames: ReadonlySet<string> = new Set(
  [
    'collections.OrderedDict collections.defaultdict collections.Counter collections.deque',
    '_codecs.encode copyreg._reconstructor copy_reg._reconstructor copyreg.__newobj__',
    'copyreg.__newobj_ex__ datetime.datetime datetime.date datetime.timedelta datetime.timezone',
    'decimal.Decimal fractions.Fraction uuid.UUID argparse.Namespace types.SimpleNamespace',
    'pathlib.Path pathlib.PosixPath pathlib.WindowsPath pathlib.PurePosixPath',
    'pathlib.PureWindowsPath pathlib._local.PosixPath pathlib._local.WindowsPath',
  ]
    .join(' ')
    .split(' ')
    .concat(
      'list dict set frozenset tuple int float bool complex str bytes bytearray object slice range long unicode'
        .split(' ')
        .flatMap((name) => [`builtins.${name}`, `__builtin__.${name}`]),
    ),
);

export interface Verdict {
  readonly badge: TensorBadge;
  readonly findings: string[];
}

/** Names beyond this are judged, but not remembered. */
const maxRemembered = 20_000;

/** The classes and functions that the pickles of one file name. */
export class GlobalRecord {
  readonly #seen = new Set<string>();
  readonly #dangerous = new Named();
  readonly #unknown = new Named();
  readonly #harmless: (path: string) => boolean;

  /** @param harmless what a format is known to name besides the classes of Python itself */
  constructor(harmless: (path: string) => boolean) {
    this.#harmless = harmless;
  }

  add(global: PickleGlobal): void {
    const { path } = global;
    if (this.#seen.has(path)) return;
    if (this.#seen.size < maxRemembered) this.#seen.add(path);
    if (harmlessNames.has(path)) return;
    if (isDangerous(path)) this.#dangerous.add(path);
    else if (!this.#harmless(path)) this.#unknown.add(path);
  }

  has(path: string): boolean {
    return this.#seen.has(path);
  }

  /** Whether it names anything of a package. */
  names(root: string): boolean {
    return [...this.#seen].some((path) => path.startsWith(`${root}.`));
  }

  verdict(): Verdict {
    const dangerous = this.#dangerous.said(
      (path) => `It names ${path}, which can run code when the file is loaded.`,
    );
    const unknown = this.#unknown.said(
      (path) => `It names ${path}, which is not known to be harmless.`,
    );
    const badge = unknown.length > 0 ? 'unknown-globals' : 'code-capable';
    return {
      badge: dangerous.length > 0 ? 'dangerous' : badge,
      findings: [...dangerous, ...unknown],
    };
  }
}

/** The first names of a kind, and how many there were. */
class Named {
  readonly #first: string[] = [];
  #count = 0;

  add(path: string): void {
    this.#count++;
    if (this.#first.length < maxFindings) this.#first.push(clip(path));
  }

  said(sentence: (path: string) => string): string[] {
    const more = this.#count - this.#first.length;
    const first = this.#first.map(sentence);
    return more > 0 ? [...first, `It names ${more} more.`] : first;
  }
}

/**
 * Whether any step of a dotted path is dangerous: the newer protocols can name `a.b.os.system` and
 * so reach through any module that imports another.
 */
function isDangerous(path: string): boolean {
  if (dangerousFunctions.has(path)) return true;
  const steps = path.split('.');
  const last = steps.length - 1;
  for (let step = 0; step < last; step++) {
    const prefix = steps.slice(0, step + 1).join('.');
    if (dangerousModules.has(prefix)) return true;
    // A package's own submodules may have such names (`sklearn.test`), but not what is imported.
    if (step > 0 && importedEverywhere.has(steps[step]!)) return true;
  }
  return dangerousModules.has(path);
}

const importedEverywhere: ReadonlySet<string> = new Set(
  'os sys subprocess builtins __builtins__ importlib shutil socket __globals__ __class__ __init__ __subclasses__ __dict__ pickle'.split(
    ' ',
  ),
);

function clip(path: string): string {
  return path.length > 200 ? `${path.slice(0, 200)}…` : path;
}
