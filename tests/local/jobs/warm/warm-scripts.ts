import { readFileSync } from "node:fs";
import { join } from "node:path";
import { modelEvaluation } from "#language";
import { packageArchive } from "../../../../language/code/python-package.ts";
import { storedZip } from "../../../../language/code/stored-zip.ts";
import { repository } from "../../../../scripts/local-stack/folders.ts";
import type { Script } from "./both-ways.ts";

type Named = readonly [what: string, script: Script | string];

/** Returns a zip archive with one file. */
const packageZip = (path: string, text: string) => storedZip([{ path, content: Buffer.from(text) }]);

/** Returns the variable by which Python finds a package beside the script. */
const inPythonPath = (name: string) => ({ PYTHONPATH: `/opt/ml/processing/input/code/${name}` });

/** Prints everything that a script can observe of its process and its interpreter at its start. */
const surroundings = `
import sys
modules = sorted(sys.modules)
import json, locale, os, resource, signal, stat, threading, warnings
def show(name, value):
    print(name, value)
show("modules", modules)
show("argv", sys.argv)
show("orig_argv", sys.orig_argv)
show("executable", (sys.executable, sys.prefix, sys.base_prefix))
show("path", sys.path)
show("flags", sys.flags)
show("warnings", (sys.warnoptions, warnings.filters))
show("main", {key: str(value).split(" at 0x")[0] for key, value in globals().items() if key.startswith("__")})
show("environment", sorted(os.environ.items()))
show("cwd", os.getcwd())
show("stdin", sys.stdin.read())
show("files", [stat.filemode(os.fstat(n).st_mode) for n in range(3)])
show("open", len(os.listdir("/proc/self/fd")))
show("streams", [(s.name, s.mode, s.encoding, s.errors, s.line_buffering, s.write_through) for s in (sys.stdin, sys.stdout, sys.stderr)])
show("user", (os.getuid(), os.getgid(), os.umask(0o22), os.nice(0)))
show("leads", (os.getpgid(0) in (0, os.getpid()), os.getsid(0) in (0, os.getpid())))
show("handlers", [str(signal.getsignal(number)) for number in sorted(signal.valid_signals())])
show("signals", [line for line in open("/proc/self/status") if line.startswith(("Sig", "Shd"))])
show("limits", [resource.getrlimit(number) for number in range(10)])
show("threads", (threading.active_count(), threading.main_thread() is threading.current_thread(), threading.get_native_id() == os.getpid()))
show("locale", (locale.getlocale(), locale.getpreferredencoding()))
show("hooks", (sys.excepthook is sys.__excepthook__, sys.getrecursionlimit(), sys.dont_write_bytecode))
show("opt", sorted(os.listdir("/opt")))
show("ml", sorted(os.listdir("/opt/ml")) if os.path.isdir("/opt/ml") else None)
`;

export const same: readonly Named[] = [
  ["the state of the process and interpreter", surroundings],
  [
    "the state with arguments, options and environment variables",
    {
      text: surroundings,
      command: (path) => ["python3", "-u", path, "--a b", "", "ä", "/opt/ml/model"],
      environment: { OWN: "1", EMPTY: "", UMLAUT: "ä", CONFIG: "a=b\nc" },
    },
  ],
  [
    "a command with another name of Python",
    {
      text: "import sys\nprint(sys.executable, sys.orig_argv, __file__)",
      command: (path) => ["python", path],
    },
  ],
  ...[
    "local/jobs/images/xgboost/algorithm.py",
    "tests/pipelines-under-test/crickets/split.py",
    "tests/pipelines-under-test/crickets/score.py",
  ].map(
    (script) =>
      [
        `${script} without its inputs`,
        {
          text: readFileSync(join(repository, script), "utf8"),
          files: { "package.zip": packageArchive(modelEvaluation, { bucket: "b", prefix: "p" }).content },
          environment: inPythonPath("package.zip"),
        },
      ] as const,
  ),
  ["an empty script", ""],
  ["exit code 3", "import sys\nsys.exit(3)"],
  ["exit code 259", "import sys\nsys.exit(259)"],
  ["exit with a message", "import sys\nsys.exit('it went wrong')"],
  ["exit without a code", "import sys\nsys.exit()"],
  ["the built-in exit", "exit(4)"],
  ["an exception", "def f():\n    raise ValueError('no')\nprint('before')\nf()"],
  ["a chain of exceptions", "try:\n    1/0\nexcept Exception as e:\n    raise RuntimeError('outer') from e"],
  ["a syntax error", "print('a'\nprint('b')"],
  ["an exception hook", "import sys\nsys.excepthook = lambda *a: print(a[0], a[2].tb_frame.f_code.co_name)\n1/0"],
  ["os._exit", "import os\nprint('x', end='')\nos._exit(7)"],
  ["SIGTERM", "import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\nsignal.pause()"],
  ["SIGKILL", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\nsignal.pause()"],
  ["a crash", "import ctypes, resource\nresource.setrlimit(resource.RLIMIT_CORE, (0, 0))\nctypes.string_at(0)"],
  ["an interruption", "raise KeyboardInterrupt"],
  ["output without a newline at its end", "import sys\nsys.stdout.write('a\\nb')"],
  [
    "a buffer that is flushed at the end",
    "f = open(1, 'w', buffering=1 << 16, closefd=False)\nf.write('kept')\nimport sys\nsys.exit(5)",
  ],
  ["large output", "for i in range(60000):\n    print(i, 'x' * 20)"],
  ["bytes", "import sys\nsys.stdout.buffer.write(bytes(range(256)) * 10)"],
  [
    "handlers that run when the interpreter ends",
    `
import atexit, threading, time
atexit.register(print, "first registered")
atexit.register(print, "last registered")
class Late:
    def __del__(self): print("deleted")
late = Late()
def work():
    time.sleep(0.05)
    print("thread done")
threading.Thread(target=work).start()
print("main done")
`,
  ],
  [
    "processes that are forked, spawned and forked by a server",
    `
import multiprocessing, os, sys
class Thing:
    def __init__(self, n): self.n = n
def square(thing):
    return Thing(thing.n ** 2)
def main():
    print(Thing.__module__, Thing.__qualname__)
    for method in ("fork", "spawn", "forkserver"):
        with multiprocessing.get_context(method).Pool(2) as pool:
            print(method, [t.n for t in pool.map(square, [Thing(i) for i in range(5)])], flush=True)
if __name__ == "__main__":
    main()
else:
    assert __name__ == "__mp_main__", __name__
`,
  ],
  [
    "pickles of the script's own classes, and modules beside it",
    {
      text: `
import pickle, dataclasses, sys
from beside import helper
import package.part
@dataclasses.dataclass
class Point:
    x: int
print(pickle.loads(pickle.dumps(Point(3))), pickle.dumps(Point(3)))
print(helper(), package.part.value, sys.modules["__main__"].Point is Point, sorted(m for m in sys.modules if m.startswith("p")))
`,
      files: {
        "beside.py": "def helper():\n    return __file__\n",
        "package/__init__.py": "",
        "package/part.py": "value = 1\n",
      },
    },
  ],
  [
    "modules that the script has not imported",
    `
import importlib, concurrent, sys
for name in ("importlib.metadata", "importlib.util", "concurrent.futures", "xml.etree", "email.message", "os.path"):
    try:
        print(name, eval(name))
    except Exception as error:
        print(name, repr(error))
import importlib.metadata, xml.etree.ElementTree, json
print(importlib.metadata.version("numpy"), xml.etree.ElementTree.fromstring("<a/>").tag, "numpy" in sys.modules)
print(json.decoder.JSONDecodeError, json.loads("[1]"))
`,
  ],
  [
    "the effects of imports: modules, warning filters, variables",
    `
import importlib.util, os, sys, warnings
warnings.simplefilter("ignore", ResourceWarning)
print(importlib.util.find_spec("pandas") is not None, "pandas" in sys.modules)
import numpy.linalg
print(numpy.__spec__.name, numpy.linalg.__spec__.origin, numpy.__loader__.__class__)
import pandas, scipy.stats, sklearn, xgboost
names = [name for name in sys.modules if name.partition(".")[0] in ("numpy", "pandas", "xgboost")]
print(len(names), sorted(name for name in names if name.count(".") < 2))
print([f for f in warnings.filters if f[2] is ResourceWarning and f[1] is None], len(warnings.filters))
print(sorted(name for name in os.environ if name.startswith("K")))
import sklearn.linear_model, joblib, boto3
print(joblib.hash(1), boto3.__version__)
`,
  ],
  [
    "the paths and the modules with a package in PYTHONPATH",
    {
      text: `${surroundings}import numpy, package\nprint(package.__file__, package.__loader__.archive, package.numpy is numpy)\n`,
      files: { "package.zip": packageZip("package/__init__.py", "import numpy\n") },
      environment: inPythonPath("package.zip"),
    },
  ],
  [
    "an XGBoost model and its predictions",
    `
import hashlib
import numpy as np, pandas as pd, xgboost
from scipy import stats
from sklearn.linear_model import LinearRegression
rng = np.random.default_rng(1)
x = rng.normal(size=(500, 5)); y = x @ np.arange(5.0) + rng.normal(size=500)
booster = xgboost.train({"max_depth": 4, "subsample": 0.7, "seed": 42}, xgboost.DMatrix(x, label=y), num_boost_round=20)
print(hashlib.sha256(booster.save_raw()).hexdigest(), booster.predict(xgboost.DMatrix(x)).sum())
print(LinearRegression().fit(x, y).coef_, stats.t.ppf(0.95, 10), pd.DataFrame(x).describe().to_numpy().sum())
np.random.seed(3); import random; random.seed(4)
print(np.random.rand(), random.random())
`,
  ],
];

/** Jobs that could notice the prepared process, and the reason why they start in a new Python. */
export const refused: readonly (readonly [what: string, reason: RegExp, script: Script])[] = [
  ...["OMP_NUM_THREADS", "PYTHONHASHSEED", "PYTHONPATH", "OPENBLAS_NUM_THREADS", "LD_LIBRARY_PATH", "TZ", "LC_ALL"].map(
    (name) =>
      [
        `a different ${name}`,
        new RegExp(`^${name} is read`),
        {
          text: "import os, sys, time\nprint(sorted(os.environ.items()), sys.path, hash('a') == hash('a'), time.tzname)",
          environment: { [name]: name === "LC_ALL" ? "C" : "2" },
        },
      ] as const,
  ),
  [
    "a variable that a package reads when it is imported",
    /^BOTO|^PANDAS|^NUMPY|^KMP|^SKLEARN/,
    { text: "", environment: { KMP_DUPLICATE_LIB_OK: "False" } },
  ],
  [
    "a script that sets such a variable",
    /^script\.py has OMP_NUM_THREADS$/,
    { text: "import os\nos.environ['OMP_NUM_THREADS'] = '2'\nimport numpy\nprint(numpy.ones(3).sum())" },
  ],
  [
    "a module that sets such a variable",
    /^settings\.py has OMP_NUM_THREADS$/,
    {
      text: "import settings",
      files: { "settings.py": "import os\nos.environ.setdefault('OMP_NUM_THREADS', '2')\n" },
    },
  ],
  [
    "a file with the name of an imported module",
    /^secrets\.py beside the script hides a module$/,
    { text: "import numpy.random", files: { "secrets.py": "print('mine')\n" } },
  ],
  [
    "a package in PYTHONPATH that sets such a variable",
    /^__init__\.py has OMP_NUM_THREADS$/,
    {
      text: "import package",
      files: { "package.zip": packageZip("package/__init__.py", "import os\nos.environ['OMP_NUM_THREADS'] = '2'\n") },
      environment: inPythonPath("package.zip"),
    },
  ],
  [
    "a package in PYTHONPATH with the name of an imported module",
    /^numpy\/__init__\.py in PYTHONPATH hides a module$/,
    {
      text: "import numpy",
      files: { "package.zip": packageZip("numpy/__init__.py", "print('mine')\n") },
      environment: inPythonPath("package.zip"),
    },
  ],
  [
    "a script that inspects outer frames",
    /^script\.py has _getframe$/,
    { text: "import sys\ntry:\n    print(sys._getframe(1))\nexcept ValueError as e:\n    print(e)" },
  ],
  [
    "a module that Python runs with -m",
    /^it is not a Python script$/,
    { text: "", command: () => ["python3", "-m", "platform"] },
  ],
  [
    "code that Python runs with -c",
    /^it is not a Python script$/,
    { text: "", command: () => ["python3", "-c", "print(1)"] },
  ],
  ["a shell script", /^it is not a Python script$/, { text: "", command: () => ["sh", "-c", "echo $0; exit 3"] }],
  [
    "a script for another Python",
    /^it is not a Python script$/,
    { text: "import sys\nprint(sys.version)", command: (path) => ["/usr/bin/env", "python3", path] },
  ],
  ["a missing script", /^the script does not exist$/, { text: "", command: (path) => ["python3", `${path}.py`] }],
];
