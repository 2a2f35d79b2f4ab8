import assert from "node:assert/strict";
import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "../../local-aws.ts";
import { startPreparing } from "./prepare-process.ts";

const needed = "Python 3.11, 3.12 or 3.13 is needed, but";
const install =
  "install one (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python@3.13), or name it in the variable PYTHON.";
const says = (version: string) => `echo "$0"; echo ${version}`;

describe("findPython", function () {
  this.timeout(30_000);
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Searches a Python with only these shell scripts on PATH. */
  async function search(scripts: Readonly<Record<string, string>>, PYTHON?: string) {
    await mkdir(join(folder, "bin"), { recursive: true });
    for (const [name, body] of Object.entries(scripts)) {
      await writeFile(join(folder, "bin", name), `#!/bin/sh\n${body}\n`);
      await chmod(join(folder, "bin", name), 0o755);
    }
    const env = { PATH: join(folder, "bin"), ...(PYTHON === undefined ? {} : { PYTHON }) };
    return startPreparing({ kind: "python" }, env).prepared;
  }

  const missing: readonly [string, Readonly<Record<string, string>>, string | undefined, string][] = [
    ["no Python", {}, undefined, "Python was not found"],
    ["a Python that is too old", { python3: says("3.9") }, undefined, "python3 is 3.9"],
    ["a Python that is too new", { python3: says("3.14") }, undefined, "python3 is 3.14"],
    [
      "two Pythons that are too old",
      { python3: says("3.9"), python: says("2.7") },
      undefined,
      "python3 is 3.9, python is 2.7",
    ],
    ["a Python that fails", { python3: "exit 127" }, undefined, "Python was not found"],
    ["a Python that prints nothing", { python3: "exit 0" }, undefined, "Python was not found"],
    [
      "a variable PYTHON that names a missing file",
      { python3: says("3.12") },
      "/nowhere/python",
      "/nowhere/python was not found",
    ],
    ["a variable PYTHON that names an old Python", { python3: says("3.12"), old: says("3.8") }, "old", "old is 3.8"],
  ];
  for (const [what, scripts, own, problem] of missing)
    it(`says in one line what to install, with ${what}`, async () => {
      assert.deepEqual(await search(scripts, own), {
        code: "python-missing",
        message: `${needed} ${problem}: ${install}`,
      });
    });

  const present: readonly [string, Readonly<Record<string, string>>, string | undefined, string, string][] = [
    [
      "the newest supported version",
      { "python3.12": says("3.12"), "python3.11": says("3.11") },
      undefined,
      "python3.12",
      "3.12",
    ],
    [
      "an older version beside one that is too new",
      { python3: says("3.14"), "python3.11": says("3.11") },
      undefined,
      "python3.11",
      "3.11",
    ],
    [
      "the Python of the variable PYTHON before all others",
      { python3: says("3.13"), mine: says("3.11") },
      "mine",
      "mine",
      "3.11",
    ],
    [
      "a Python behind a shim that prints text",
      { python3: `echo shim: 2 rehashed >&2; ${says("3.13")}` },
      undefined,
      "python3",
      "3.13",
    ],
    [
      "a Python beside a shim that fails",
      { "python3.13": "echo no such version; exit 127", python3: says("3.12") },
      undefined,
      "python3",
      "3.12",
    ],
  ];
  for (const [what, scripts, own, name, version] of present)
    it(`finds ${what}`, async () => {
      assert.deepEqual(await search(scripts, own), { result: { executable: join(folder, "bin", name), version } });
    });
});
