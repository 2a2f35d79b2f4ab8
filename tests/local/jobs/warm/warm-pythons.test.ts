import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isRunning, processIdentity } from "../../../../local/state/process-identity.ts";
import { repository } from "../../../../scripts/local-stack/folders.ts";
import { running } from "../running-commands.ts";
import { BothWays, type Script } from "./both-ways.ts";

type Named = readonly [what: string, script: Script | string];

const scriptOf = (script: Script | string): Script => (typeof script === "string" ? { text: script } : script);

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

const same: readonly Named[] = [
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
  ...["local/jobs/images/xgboost/algorithm.py", "pipelines/abalone/preprocess.py", "pipelines/abalone/evaluate.py"].map(
    (script) =>
      [`${script} without its inputs`, { text: "", command: () => ["python3", join(repository, script)] }] as const,
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
const refused: readonly (readonly [what: string, reason: RegExp, script: Script])[] = [
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

describe("a job with a prepared Python", function () {
  this.timeout(20_000);
  let jobs: BothWays;
  before(async function () {
    this.timeout(180_000);
    jobs = await BothWays.make();
    // Waits until all packages are imported, because the first job does not wait for that.
    await jobs.run("warm", { text: "" });
    await jobs.run("warm", { text: "" });
  });
  after(() => jobs.close());
  beforeEach(() => jobs.refused.splice(0));

  const registered = () => readdirSync(join(jobs.root, "processes")).map((name) => Number.parseInt(name, 10));
  const parent = (pid: number) => Number(/ \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1]);

  for (const [what, script] of same) {
    it(`behaves like in a new Python: ${what}`, async () => {
      const cold = await jobs.result("cold", scriptOf(script));
      const warm = await jobs.result("warm", scriptOf(script));
      assert.deepEqual(jobs.refused, []);
      assert.deepEqual(warm, cold);
    });
  }

  for (const [what, reason, script] of refused) {
    it(`starts in a new Python instead: ${what}`, async () => {
      const cold = await jobs.result("cold", script);
      const warm = await jobs.result("warm", script);
      assert.equal(jobs.refused.length, 1);
      assert.match(jobs.refused[0] ?? "", reason);
      assert.deepEqual(warm, cold);
    });
  }

  it("does not affect the next job by patched modules, variables, files or random numbers", async () => {
    const text = `
import json, os, random, secrets, sys
import numpy, pandas
print(getattr(json, "patched", None), numpy.mean([1, 3]), os.environ.get("LEFT"), os.path.exists("left"), "fake" in sys.modules)
print(random.random(), numpy.random.rand(), numpy.random.default_rng().random())
json.patched = True
numpy.mean = lambda x: 0
os.environ["LEFT"] = "1"
open("left", "w").close()
sys.modules["fake"] = json
`;
    const first = await jobs.run("warm", { text });
    const second = await jobs.run("warm", { text });
    assert.deepEqual(jobs.refused, []);
    assert.equal(first.lines[0], "None 2.0 None False False");
    assert.equal(second.lines[0], first.lines[0]);
    const [one = [], two = []] = [first, second].map(({ lines }) => lines[1]?.split(" "));
    for (const [index, number] of one.entries()) assert.notEqual(number, two[index]);
  });

  it("is registered before its script runs, and its child processes end with it", async () => {
    const before = registered();
    let during: number[] = [];
    const text = `
import os, subprocess
print(os.getpid(), flush=True)
subprocess.Popen(["sleep", "60.1031"])
subprocess.Popen(["sleep", "60.1031"], start_new_session=True)
`;
    const { end } = await jobs.run("warm", {
      text,
      onLine() {
        during = registered().filter((pid) => !before.includes(pid));
      },
    });
    assert.deepEqual(end, { kind: "exited", code: 0 });
    assert.equal(during.length, 1);
    assert.deepEqual(registered(), before);
    if (jobs.namespace?.ownProcesses === true) assert.deepEqual(running("sleep 60.1031"), []);
    assert.deepEqual(jobs.refused, []);
  });

  it("does not begin if it cannot be registered", async () => {
    const add = jobs.registry.add;
    jobs.registry.add = () => {
      throw new Error("no space left");
    };
    const lines: string[] = [];
    const running = jobs.run("warm", { text: "print('ran')", onLine: (line) => lines.push(line) });
    await assert.rejects(running, /no space left/);
    jobs.registry.add = add;
    await jobs.run("warm", { text: "" });
    assert.deepEqual([lines, jobs.refused], [[], []]);
  });

  it("receives SIGTERM when it is stopped, and can handle it", async () => {
    for (const way of ["cold", "warm"] as const) {
      const stop = new AbortController();
      const text = `
import signal, sys
def leave(*_):
    print("leaving", flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
print("up", flush=True)
signal.pause()
`;
      const { end, lines } = await jobs.run(way, { text, signal: stop.signal, onLine: () => stop.abort() });
      assert.deepEqual([end, lines], [{ kind: "stopped" }, ["up", "leaving"]]);
    }
  });

  it("does not begin if it is stopped first", async () => {
    const stop = new AbortController();
    const running = jobs.run("warm", { text: "print('ran')", signal: stop.signal });
    setImmediate(() => stop.abort());
    const { end, lines } = await running;
    assert.deepEqual([end, lines], [{ kind: "stopped" }, []]);
  });

  it("continues when the prepared process is killed; the next job starts in a new Python, the one after is forked again", async () => {
    const [pid = 0] = jobs.warm.pids;
    // Ends when the process that it was forked from has ended.
    const text = `
import os, sys
print("up", flush=True)
while os.path.exists("/proc/${pid}/exe"):
    pass
sys.exit(9)
`;
    const { end, lines } = await jobs.run("warm", { text, onLine: () => process.kill(pid, "SIGKILL") });
    assert.deepEqual([end, lines], [{ kind: "exited", code: 9 }, ["up"]]);
    assert.deepEqual(jobs.refused, []);
    assert.deepEqual((await jobs.run("warm", { text: "print(1)" })).lines, ["1"]);
    assert.equal(jobs.refused.length, 1);
    assert.deepEqual((await jobs.run("warm", { text: "print(2)" })).lines, ["2"]);
    assert.equal(jobs.refused.length, 1);
    assert.notDeepEqual(jobs.warm.pids, [pid]);
  });

  it("is killed and fails when its parent is killed, because its exit code cannot be known", async () => {
    const before = registered();
    const text = "import time\nprint('up', flush=True)\ntime.sleep(60)";
    const { end } = await jobs.run("warm", {
      text,
      onLine() {
        for (const pid of registered()) if (!before.includes(pid)) process.kill(parent(pid), "SIGKILL");
      },
    });
    assert.deepEqual(end, { kind: "exited", code: 137 });
    assert.deepEqual(jobs.refused, []);
  });

  it("runs at the same time as other jobs, each with its own /opt/ml", async () => {
    const text =
      "import os, pathlib\np = pathlib.Path(os.environ.get('SAGEMAKER_BASE_DIR', '/opt/ml')) / 'own'\np.write_text(os.environ['N'])\nprint(p.read_text())";
    const ran = await Promise.all(
      Array.from({ length: 8 }, (_, n) => jobs.run("warm", { text, environment: { N: String(n) } })),
    );
    assert.deepEqual(jobs.refused, []);
    for (const [n, { lines, folder }] of ran.entries()) {
      assert.deepEqual(lines, [String(n)]);
      assert.equal(folder.readText("/opt/ml/own", 10), String(n));
    }
  });
});

describe("a prepared Python", function () {
  this.timeout(60_000);

  it("is started at most twice if it fails; its jobs run once each in a new Python", async () => {
    const jobs = await BothWays.make({ python: "/bin/false" });
    try {
      const script = { text: "", command: (path: string) => ["/bin/false", path] };
      for (let count = 0; count < 3; count++)
        assert.deepEqual((await jobs.run("warm", script)).end, { kind: "exited", code: 1 });
      assert.deepEqual(jobs.refused, ["it ended", "it ended", "no Python can be prepared"]);
    } finally {
      await jobs.close();
    }
  });

  it("is killed if it does not answer; its job runs once in a new Python", async () => {
    const jobs = await BothWays.make({ patience: 300 });
    try {
      const script = { text: "print('ran')" };
      while (jobs.warm.pids.length === 0) await jobs.run("warm", script);
      const [pid = 0] = jobs.warm.pids;
      const identity = processIdentity(pid);
      process.kill(pid, "SIGSTOP");
      jobs.refused.splice(0);
      assert.deepEqual((await jobs.run("warm", script)).lines, ["ran"]);
      assert.deepEqual(jobs.refused, ["it did not answer in time"]);
      assert.deepEqual(jobs.warm.pids, []);
      while (identity !== undefined && isRunning(identity)) await new Promise(setImmediate);
    } finally {
      await jobs.close();
    }
  });

  it("also runs jobs that cannot have their own /opt/ml", async () => {
    const jobs = await BothWays.make({ namespace: false });
    try {
      const script = {
        text: "import os, sys\nprint(sys.argv, os.environ['SAGEMAKER_BASE_DIR'], sys.path[0], os.listdir('/opt'))",
        command: (path: string) => ["python3", path, "/opt/ml/model", "other"],
      };
      const cold = await jobs.result("cold", script);
      assert.deepEqual(await jobs.result("warm", script), cold);
      assert.deepEqual(jobs.refused, []);
    } finally {
      await jobs.close();
    }
  });
});
