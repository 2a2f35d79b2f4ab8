import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type OwnRoot, ownRoot, type UsedPython } from "../../../../local/jobs/process/own-root.ts";
import { pythons } from "../../pythons.ts";

/** An ordinary user, who owns none of the folders. */
const ordinary = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"];
const isRoot = process.getuid?.() === 0;
const users: readonly (readonly [string, readonly string[]])[] = [
  ["the current user", []],
  ...(isRoot ? ([["an ordinary user", ordinary]] as const) : []),
];

describe("a job's own root directory", function () {
  this.timeout(60_000);
  let own: OwnRoot | undefined;
  let python: UsedPython;
  let whole: string;

  before(async function () {
    const { xgboost } = await pythons();
    python = { python: xgboost, bin: dirname(xgboost) };
    own = await ownRoot(python);
    if (own === undefined) this.skip();
  });
  beforeEach(async () => {
    own = await ownRoot(python);
    whole = mkdtempSync(join(tmpdir(), "own-root-"));
    chmodSync(whole, 0o777);
  });
  afterEach(() => rmSync(whole, { recursive: true, force: true }));

  function planned(job = whole, used = python) {
    const ml = join(job, "ml");
    mkdirSync(ml, { recursive: true });
    chmodSync(ml, 0o777);
    assert.ok(own);
    return own.plan({ job, ml, root: join(job, "root") }, used);
  }

  function command(words: readonly string[], job?: string, used?: UsedPython): readonly string[] {
    assert.ok(own);
    return own.command(planned(job, used), words);
  }

  function run(prefix: readonly string[], words: readonly string[], job?: string, used?: UsedPython) {
    const [program = "", ...rest] = [...prefix, ...command(words, job, used)];
    return spawnSync(program, rest, { encoding: "utf8", cwd: job ?? whole });
  }

  for (const [who, prefix] of users) {
    /** The Python of this checkout or, if the user cannot reach it, the system's. */
    const reached = () =>
      [python, { python: "/usr/bin/python3", bin: "/usr/bin" }].find(
        ({ python: program }) => spawnSync("env", [...prefix, "env", program, "-c", ""]).status === 0,
      );

    it(`is the current folder of ${who}, who can write there, in /tmp and at home, and nowhere else`, async function () {
      const used = reached();
      if (used === undefined) return this.skip();
      own = await ownRoot(used);
      const script = [
        "pwd; echo 1 > here; echo 2 > /tmp/there; echo 3 > ~/home; echo 4 > /opt/ml/model; echo 5 > /dev/null",
        "cat ../here; echo $(ls /); touch /usr/no 2> /tmp/error || echo refused; exit 7",
      ].join("; ");
      const ended = run([...prefix, "env", "HOME=/root"], ["sh", "-c", script], whole, used);
      assert.equal(ended.status, 7, ended.stderr);
      const [folder, here, list = "", refused] = ended.stdout.split("\n");
      assert.deepEqual([folder, here, refused], ["/", "1", "refused"]);
      for (const name of ["here", "opt", "proc", "root", "tmp", "usr"]) assert.ok(list.split(" ").includes(name), name);
      const files = ["root/here", "root/tmp/there", "root/root/home", "ml/model"];
      assert.deepEqual(
        files.map((file) => readFileSync(join(whole, file), "utf8")),
        ["1\n", "2\n", "3\n", "4\n"],
      );
      assert.ok(!existsSync("/here") && !existsSync("/tmp/there"), "nothing is left on the machine");
    });
  }

  it("has the image's Python", () => {
    const ended = run(
      [],
      [python.python, "-c", "import pandas, xgboost, ssl, multiprocessing; print(pandas.__name__)"],
    );
    assert.deepEqual([ended.status, ended.stdout], [0, "pandas\n"], ended.stderr);
  });

  it("shows no file of the user, no other job and no password", () => {
    const secret = mkdtempSync(join(homedir(), ".own-root-test-"));
    try {
      writeFileSync(join(secret, "credentials"), "secret");
      const other = join(dirname(whole), "other-job");
      const script = `ls ${secret} ${other} ${homedir()}/.aws /var/run /run/docker.sock 2> /dev/null; cat /etc/shadow; find / -type s 2> /dev/null`;
      const ended = run([], ["sh", "-c", script]);
      assert.deepEqual([ended.stdout, ended.stderr], ["", ""]);
    } finally {
      rmSync(secret, { recursive: true });
    }
  });

  for (const [where, parent] of [
    ["a home", homedir()],
    ["/tmp", "/tmp"],
  ] as const)
    it(`works for a project in ${where}, whose Python is there, too`, () => {
      const project = mkdtempSync(join(parent, ".own-root-project-"));
      try {
        const environment = join(project, "env");
        assert.equal(spawnSync(python.python, ["-m", "venv", "--without-pip", environment]).status, 0);
        const used = { python: join(environment, "bin", "python"), bin: join(environment, "bin") };
        const job = join(project, "jobs", "one");
        mkdirSync(job, { recursive: true });
        const script = "import json, sys; print(sys.prefix); open('x', 'w')";
        const ended = run([], [used.python, "-c", script], job, used);
        assert.deepEqual([ended.status, ended.stdout], [0, `${environment}\n`], ended.stderr);
        assert.ok(existsSync(join(job, "root", "x")));
        assert.deepEqual(readdirSync(project).sort(), ["env", "jobs"]);
      } finally {
        rmSync(project, { recursive: true });
      }
    });

  const exitOf = (child: ChildProcess) =>
    new Promise((resolve) => child.once("close", (code, signal) => resolve(code ?? signal)));

  it("ends with 143 on SIGTERM to its process group, and ends a daemon that the job left", async () => {
    const marker = `${60}.${process.pid}`;
    const script = `setsid sleep ${marker} & echo ready; sleep 30`;
    const [program = "", ...rest] = command(["sh", "-c", script]);
    const child = spawn(program, rest, { detached: true, stdio: ["ignore", "pipe", "inherit"] });
    const exited = exitOf(child);
    await new Promise((resolve) => child.stdout?.once("data", resolve));
    process.kill(-(child.pid ?? 0), "SIGTERM");
    child.stdout?.destroy();
    assert.equal(await exited, 143);
    if (own?.ownProcesses !== true) return;
    const left = spawnSync("pgrep", ["-f", `^sleep ${marker}$`], { encoding: "utf8" });
    assert.equal(left.stdout, "");
  });

  it("reports a program that does not exist, as a shell does", () => {
    const { status, stderr } = run([], ["no-such-program"]);
    assert.deepEqual([status, stderr], [127, "no-such-program: No such file or directory\n"]);
  });
});
