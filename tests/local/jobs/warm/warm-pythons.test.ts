import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isRunning, processIdentity } from "../../../../local/state/process-identity.ts";
import { running } from "../running-commands.ts";
import { BothWays, type Script } from "./both-ways.ts";
import { refused, same } from "./warm-scripts.ts";

const scriptOf = (script: Script | string): Script => (typeof script === "string" ? { text: script } : script);

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
    if (jobs.ownRoot?.ownProcesses === true) assert.deepEqual(running("sleep 60.1031"), []);
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
