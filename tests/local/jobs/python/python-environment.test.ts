import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { findPython, type Python } from "../../../../local/jobs/python/find-python.ts";
import { installUv } from "../../../../local/jobs/python/install-uv.ts";
import { localFolders } from "../../../../scripts/local-stack/folders.ts";
import { packagedPath } from "../../../pipelines-under-test/packaged-file.ts";
import { temporaryFolder } from "../../local-aws.ts";
import { servePackageIndex } from "./package-index.ts";
import { type Prepared, startPreparing } from "./prepare-process.ts";

const nobody = "http://127.0.0.1:9/simple";
const building = (folder: string) => readdirSync(folder).filter((name) => name.includes(".building-"));

describe("preparing the Pythons of the endpoint", function () {
  this.timeout(120_000);
  let root: string;
  let python: Python;
  let uv: string;
  before(async () => {
    python = await findPython();
    uv = dirname(dirname((await installUv(python, localFolders.python)).executable));
  });
  beforeEach(async () => {
    root = await temporaryFolder();
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  /** Creates a folder for environments with uv in it. */
  function folderWithUv(): string {
    const folder = join(root, "python");
    mkdirSync(folder);
    symlinkSync(uv, join(folder, basename(uv)));
    return folder;
  }

  /** Environment variables with which no package can be downloaded and no command is on PATH. */
  function alone(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    return {
      PATH: "/nowhere",
      HOME: root,
      PYTHON: python.executable,
      PIP_CONFIG_FILE: "/dev/null",
      PIP_INDEX_URL: nobody,
      PIP_NO_CACHE_DIR: "1",
      PIP_RETRIES: "0",
      UV_CACHE_DIR: join(root, "uv-cache"),
      UV_HTTP_RETRIES: "0",
      ...more,
    };
  }

  const environments = (folder: string, env: NodeJS.ProcessEnv, ...names: readonly string[]) =>
    startPreparing({ kind: "environments", names, folder }, env);
  const data = (env: NodeJS.ProcessEnv, pythonFolder: string) =>
    startPreparing({ kind: "data", folder: join(root, "data"), pythonFolder }, env).prepared;

  function assertError(prepared: Prepared, code: string, message: RegExp): void {
    assert.ok("code" in prepared, JSON.stringify(prepared));
    assert.equal(prepared.code, code, prepared.message);
    assert.match(prepared.message, message);
    assert.ok(!prepared.message.includes("\n"), prepared.message);
  }

  it("installs an environment after a kill, once for two processes, finds it without a network, and repairs it", async function () {
    const folder = folderWithUv();
    const killed = environments(folder, process.env, "moto");
    while (building(folder).length === 0 && killed.child.exitCode === null) await delay(5);
    if (killed.child.pid !== undefined) process.kill(-killed.child.pid, "SIGKILL");
    await new Promise((resolve) => killed.child.once("close", resolve));
    assert.equal(building(folder).length, 1, "it was killed in the middle");

    const made = await environments(folder, process.env, "moto", "moto").prepared;
    if ("code" in made && made.code === "no-network") this.skip();
    assert.ok("result" in made, JSON.stringify(made));
    const [one, two] = made.result as { folder: string; python: string }[];
    assert.ok(one !== undefined);
    assert.deepEqual(two, one);
    assert.deepEqual(readdirSync(folder).sort(), [basename(one.folder), basename(uv)], "nothing half-made is left");
    assert.match(
      execFileSync(one.python, ["-c", "import moto, flask; print(moto.__version__)"], { encoding: "utf8" }),
      /^5\.2\.5$/m,
    );

    rmSync(join(folder, basename(uv)));
    assert.deepEqual(
      await environments(folder, alone(), "moto").prepared,
      { result: [one] },
      "found without any command",
    );

    symlinkSync(uv, join(folder, basename(uv)));
    rmSync(one.python);
    assert.deepEqual(await environments(folder, process.env, "moto").prepared, { result: [one] });
    execFileSync(one.python, ["-c", "import moto"]);
  });

  it("reports a missing network while it installs uv", async () => {
    const { prepared } = environments(join(root, "python"), alone(), "moto");
    assertError(await prepared, "no-network", /^Installing uv: the Python package index could not be reached; check/);
    assert.deepEqual(readdirSync(join(root, "python")), []);
  });

  it("reports a missing network while it installs an environment", async () => {
    const folder = folderWithUv();
    const { prepared } = environments(folder, alone(), "moto");
    const expected = /^Making the Python environment "moto": the Python package index could not be reached; check/;
    assertError(await prepared, "no-network", expected);
    assert.deepEqual(readdirSync(folder), [basename(uv)]);
  });

  it("reports a Python with neither pip nor venv", async () => {
    const bare = join(root, "bare-python");
    writeFileSync(bare, `#!/bin/sh\n[ "$1" = -c ] || exit 1\necho "$0"\necho 3.11\n`);
    chmodSync(bare, 0o755);
    const { prepared } = environments(join(root, "python"), alone({ PYTHON: bare }), "moto");
    assertError(
      await prepared,
      "python-missing",
      /bare-python has neither pip nor venv: install them \(Debian, Ubuntu: apt-get install python3-venv\)\.$/,
    );
  });

  it("rejects a package that is not the pinned one", async () => {
    const index = await servePackageIndex(basename(uv).slice("uv-".length), Buffer.from("something else"));
    try {
      const { prepared } = environments(join(root, "python"), alone({ PIP_INDEX_URL: index.url }), "moto");
      assertError(
        await prepared,
        "environment",
        /^Installing uv: a downloaded package is not the pinned one \(.+\); check the package index/,
      );
      assert.deepEqual(readdirSync(join(root, "python")), []);
    } finally {
      index.close();
    }
  });

  it("reports a full disk", async function () {
    const disk = join(root, "disk");
    mkdirSync(disk);
    // Uses a private file system of one megabyte, which some systems do not let ordinary users create.
    const mount = ["/bin/sh", "-c", 'mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@"', disk];
    const tiny = ["unshare", "--user", "--map-root-user", "--mount", ...mount];
    if (spawnSync("unshare", [...tiny.slice(1), "true"]).status !== 0) this.skip();
    const index = await servePackageIndex(basename(uv).slice("uv-".length), Buffer.alloc(4_000_000));
    try {
      const env = alone({ PATH: process.env["PATH"], PIP_INDEX_URL: index.url, TMPDIR: disk, TSX_DISABLE_CACHE: "1" });
      const preparation = { kind: "environments", names: ["moto"], folder: join(disk, "python") } as const;
      const prepared = await startPreparing(preparation, env, tiny).prepared;
      assertError(prepared, "disk-full", /^Installing uv: the disk is full; free about 2 GB and run it again\.$/);
    } finally {
      index.close();
    }
  });

  describe("sample data in a package on PyPI", () => {
    let right: Buffer;
    let path: string;
    beforeEach(async () => {
      const real = await packagedPath();
      right = readFileSync(real);
      path = join(root, "data", basename(dirname(real)), "abalone.csv");
      cpSync(real, path);
    });

    it("is found without a network and without Python", async () => {
      const result = await data(alone({ PYTHON: "/nowhere/python" }), join(root, "python"));
      assert.deepEqual(result, { result: path });
      assert.ok(!existsSync(join(root, "python")));
    });

    it("is downloaded again when it is damaged", async function () {
      appendFileSync(path, "M,0.1\n");
      const fetched = await data(process.env, folderWithUv());
      if ("code" in fetched && fetched.code === "no-network") this.skip();
      assert.ok("result" in fetched, JSON.stringify(fetched));
      assert.ok(readFileSync(path).equals(right));
      assert.deepEqual(readdirSync(join(root, "data")), [basename(dirname(path))]);
    });

    it("is not used when it is damaged and cannot be downloaded", async () => {
      writeFileSync(path, right.subarray(0, 1000));
      const expected =
        /^Downloading the sample data abalone\.csv: the Python package index could not be reached; check/;
      assertError(await data(alone(), folderWithUv()), "no-network", expected);
    });
  });
});
