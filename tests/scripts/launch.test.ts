import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
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

describe("launching a script", function () {
  this.timeout(30_000);
  let folder: string;
  const path = (...parts: readonly string[]) => join(folder, ...parts);
  const lockfile = () => path("node_modules", ".package-lock.json");

  /** A repository of one script, with tsx and what `packages` says; its npm is `npm`, a shell script that logs its arguments. */
  function repositoryWith(packages: Readonly<Record<string, Package>> | undefined, npm = "exit 0"): void {
    for (const made of ["scripts", "node_modules", "bin"]) mkdirSync(path(made));
    cpSync(join(repository, "scripts", "launch.mjs"), path("scripts", "launch.mjs"));
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
    ["are missing, or were left by an installation that was cut off", undefined],
    ["lack a package", {}],
    ["have another version of one", { "node_modules/a": { integrity: "sha512-old" } }],
    ["have one that is no longer wanted", { ...installed, "node_modules/gone": { integrity: "sha512-c" } }],
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

  it("installs the modules first if the folder of one is gone", async () => {
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

  for (const [signal, expected] of [
    ["SIGTERM", 143],
    ["SIGINT", 130],
    ["SIGKILL", null],
  ] as const)
    it(`leaves no npm behind after ${signal}`, async () => {
      repositoryWith(undefined, `echo $$ > ${path("npm.pid")}; exec sleep 60`);
      const { child, ended } = start("hello");
      while (!existsSync(path("npm.pid")) || readFileSync(path("npm.pid"), "utf8") === "") await sleep(20);
      const pid = Number(readFileSync(path("npm.pid"), "utf8"));
      child.kill(signal);
      assert.equal((await ended).code, expected);
      for (let wait = 0; processIdentity(pid) !== undefined && wait < 100; wait++) await sleep(20);
      assert.equal(processIdentity(pid), undefined);
    });

  it("names a script that there is not, with exit code 2", async () => {
    repositoryWith(installed);
    const { code, output } = await start("goodbye").ended;
    assert.equal(code, 2);
    assert.match(output, /^there is no script goodbye/);
  });
});
