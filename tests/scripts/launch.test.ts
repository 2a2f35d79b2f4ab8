import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { reportSchema } from "../../check/report/content/report.ts";
import { reportFiles } from "../../check/report/report-files.mjs";
import { processIdentity } from "../../local/state/process-identity.ts";
import { repository } from "../../scripts/local-stack/folders.ts";

interface Package {
  readonly integrity?: string;
  readonly optional?: boolean;
}

const wanted: Readonly<Record<string, Package>> = {
  "": {},
  "node_modules/a": { integrity: "sha512-a" },
  "node_modules/for-another-platform": { integrity: "sha512-b", optional: true },
};
const installed = { "node_modules/a": { integrity: "sha512-a" } };

/** The files that run before anything is installed. */
const plainFiles = [
  "scripts/launch.mjs",
  ...["early-report", "report-files", "page/page-frame", "plots/escape-html"].map((name) => `check/report/${name}.mjs`),
];

describe("launching a script", function () {
  this.timeout(30_000);
  let folder: string;
  const path = (...parts: readonly string[]) => join(folder, ...parts);
  const lockfile = () => path("node_modules", ".package-lock.json");

  /** Creates a repository with one script, tsx and the given packages. Its npm is a shell script that logs its arguments. */
  function repositoryWith(packages: Readonly<Record<string, Package>> | undefined, npm = "exit 0"): void {
    for (const made of ["scripts", "node_modules", "bin"]) mkdirSync(path(made), { recursive: true });
    for (const file of plainFiles) cpSync(join(repository, file), path(file));
    writeFileSync(path("package.json"), '{ "type": "module" }');
    writeFileSync(
      path("scripts", "hello.ts"),
      'const greeting: string = "hello"; console.log(greeting, ...process.argv.slice(2));',
    );
    writeFileSync(path("package-lock.json"), JSON.stringify({ packages: wanted }));
    for (const name of ["tsx", "esbuild", "@esbuild", "get-tsconfig", "resolve-pkg-maps"])
      if (existsSync(join(repository, "node_modules", name)))
        symlinkSync(join(repository, "node_modules", name), path("node_modules", name));
    mkdirSync(path("node_modules", "a"));
    writeFileSync(path("node_modules", "a", "package.json"), "{}");
    if (packages !== undefined) writeFileSync(lockfile(), JSON.stringify({ packages }));
    writeFileSync(path("bin", "npm"), `#!/bin/sh\necho "$@" >> ${path("npm.log")}\n${npm}\n`);
    chmodSync(path("bin", "npm"), 0o755);
  }

  function start(...args: readonly string[]): {
    child: ChildProcess;
    ended: Promise<{ code: number | null; output: string }>;
  } {
    const env = { ...process.env, PATH: `${path("bin")}${delimiter}${process.env["PATH"]}` };
    const child = spawn(process.execPath, [path("scripts", "launch.mjs"), ...args], {
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    return { child, ended: new Promise((resolve) => child.on("close", (code) => resolve({ code, output }))) };
  }

  const calls = () => (existsSync(path("npm.log")) ? readFileSync(path("npm.log"), "utf8").trim().split("\n") : []);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "launch-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("runs the script with its arguments, and leaves current modules alone", async () => {
    repositoryWith(installed);
    assert.deepEqual(await start("hello", "--world").ended, { code: 0, output: "hello --world\n" });
    assert.deepEqual(calls(), []);
  });

  const stale: readonly (readonly [string, Readonly<Record<string, Package>> | undefined])[] = [
    ["are missing, or come from an interrupted installation", undefined],
    ["lack a package", {}],
    ["have another version of a package", { "node_modules/a": { integrity: "sha512-old" } }],
    ["have a package that is no longer needed", { ...installed, "node_modules/gone": { integrity: "sha512-c" } }],
  ];
  for (const [what, packages] of stale)
    it(`installs the modules first if they ${what}`, async () => {
      repositoryWith(packages);
      const { code, output } = await start("hello").ended;
      assert.equal(code, 0, output);
      assert.match(output, /^Installing the node modules .*\nhello\n$/);
      assert.equal(calls().length, 1);
      assert.match(calls()[0] ?? "", /^ci --ignore-scripts /);
    });

  it("installs the modules first if the folder of a package is gone", async () => {
    repositoryWith(installed);
    rmSync(path("node_modules", "a"), { recursive: true });
    await start("hello").ended;
    assert.equal(calls().length, 1);
  });

  const failures: readonly (readonly [string, string, RegExp])[] = [
    [
      "no network",
      "echo npm error code EAI_AGAIN; exit 1",
      /^The npm registry could not be reached: check the network/,
    ],
    ["a full disk", "echo npm error code ENOSPC; exit 1", /^The disk is full: free about 1 GB/],
    [
      "anything else",
      "echo npm error code EBROKEN; echo npm error broken; exit 1",
      /^npm ci failed \(npm error broken\): run npm ci/,
    ],
  ];
  for (const [what, npm, message] of failures)
    it(`says in one line that npm failed for ${what}, with exit code 2`, async () => {
      repositoryWith(undefined, npm);
      const { code, output } = await start("hello").ended;
      assert.equal(code, 2);
      const [, line, ...rest] = output.trimEnd().split("\n");
      assert.match(line ?? "", message);
      assert.deepEqual(rest, []);
    });

  /** The process of a slow npm. */
  const slowNpm = () => `echo $$ > ${path("npm.pid")}; exec sleep 60`;
  async function npmPid(): Promise<number> {
    while (!existsSync(path("npm.pid")) || readFileSync(path("npm.pid"), "utf8") === "") await sleep(20);
    return Number(readFileSync(path("npm.pid"), "utf8"));
  }

  for (const [signal, expected] of [
    ["SIGTERM", 143],
    ["SIGINT", 130],
    ["SIGKILL", null],
  ] as const)
    it(`leaves no npm behind after ${signal}`, async () => {
      repositoryWith(undefined, slowNpm());
      const { child, ended } = start("hello");
      const pid = await npmPid();
      child.kill(signal);
      assert.equal((await ended).code, expected);
      for (let wait = 0; processIdentity(pid) !== undefined && wait < 100; wait++) await sleep(20);
      assert.equal(processIdentity(pid), undefined);
    });

  describe("with a command that writes a report", () => {
    const checks = [
      ["check-stack", ["--report", "out"], ["out"]],
      ["check-stack", [], [".local", "report"]],
      ["start", [], [".local", "report"]],
    ] as const;

    function plantEarlier(place: readonly string[]): void {
      mkdirSync(path(...place), { recursive: true });
      for (const file of Object.values(reportFiles)) writeFileSync(path(...place, file), "earlier");
    }

    function assertReport(place: readonly string[], exitCode: number, reason: RegExp): void {
      const read = (file: string) => readFileSync(path(...place, file), "utf8");
      const report = reportSchema.parse(JSON.parse(read(reportFiles.json)));
      assert.equal(report.verdict, "error");
      assert.equal(report.exitCode, exitCode);
      assert.match(report.reasons.join("\n"), reason);
      for (const file of [reportFiles.markdown, reportFiles.page]) assert.match(read(file), reason);
    }

    for (const [name, args, place] of checks) {
      it(`reports that the modules could not be installed: ${[name, ...args].join(" ")}`, async () => {
        repositoryWith(undefined, "echo npm error code EAI_AGAIN; exit 1");
        plantEarlier(place);
        assert.equal((await start(name, ...args).ended).code, 2);
        assertReport(place, 2, /The npm registry could not be reached/);
      });

      it(`reports that a signal ended the installation: ${[name, ...args].join(" ")}`, async () => {
        repositoryWith(undefined, slowNpm());
        plantEarlier(place);
        const { child, ended } = start(name, ...args);
        await npmPid();
        child.kill("SIGTERM");
        assert.equal((await ended).code, 143);
        assertReport(place, 143, /The check was ended by SIGTERM\./);
      });
    }

    it("reports a module that cannot be loaded with exit code 2, because Node's own exit code 1 would mean a regression", async () => {
      repositoryWith(installed);
      plantEarlier([".local", "report"]);
      writeFileSync(path("scripts", "check-stack.ts"), 'import "no-such-module";');
      const { code, output } = await start("check-stack").ended;
      assert.equal(code, 2);
      assert.match(output, /^check-stack cannot be loaded: .*no-such-module/);
      assertReport([".local", "report"], 2, /check-stack cannot be loaded: .*no-such-module/);
    });

    it("leaves no report, not even the earlier one, if it is killed during the installation", async () => {
      repositoryWith(undefined, slowNpm());
      plantEarlier(["out"]);
      const { child, ended } = start("check-stack", "--report", "out");
      await npmPid();
      child.kill("SIGKILL");
      await ended;
      assert.deepEqual(readdirSync(path("out")), []);
    });

    it("exits with 2 at once if the report's path is not a folder", async () => {
      repositoryWith(undefined);
      writeFileSync(path("out"), "a file");
      const { code, output } = await start("check-stack", "--report", "out").ended;
      assert.equal(code, 2);
      assert.equal(output, "--report out is not a folder for a report (ENOTDIR): give another one.\n");
      assert.deepEqual(calls(), []);
    });

    it("writes no report for other commands", async () => {
      repositoryWith(undefined, "exit 1");
      plantEarlier([".local", "report"]);
      assert.equal((await start("hello").ended).code, 2);
      assert.equal(readFileSync(path(".local", "report", "report.json"), "utf8"), "earlier");
    });
  });

  it("names an unknown script and exits with 2", async () => {
    repositoryWith(installed);
    const { code, output } = await start("goodbye").ended;
    assert.equal(code, 2);
    assert.match(output, /^There is no script goodbye/);
  });
});
