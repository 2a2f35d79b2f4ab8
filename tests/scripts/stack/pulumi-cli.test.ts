import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PulumiError, pulumiOutput, runPulumi } from "../../../scripts/stack/pulumi-cli.ts";

/** Fake pulumi CLIs, and the expected reasons. */
const failing: readonly (readonly [what: string, program: string, message: string])[] = [
  ["prints an error of several lines", "echo 'error: no stack.' >&2; echo more >&2; exit 255", "error: no stack"],
  ["prints an error in colours", "printf '\\033[31merror\\033[0m\\n' >&2; exit 1", "\\u{1b}[31merror\\u{1b}[0m"],
  ["fails without output", "exit 3", "pulumi exited with 3 and printed no error"],
  ["fails with an empty line", "echo >&2; exit 3", "pulumi exited with 3 and printed no error"],
  ["is killed", "kill -9 $$", "SIGKILL ended pulumi, which printed no error"],
  ["prints without end", "exec cat /dev/zero", "pulumi printed more than 64 MB"],
];

describe("the pulumi CLI", function () {
  this.timeout(20_000);
  let folder: string;
  const path = process.env["PATH"];

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-"));
    process.env["PATH"] = `${folder}:${path}`;
  });
  after(() => {
    process.env["PATH"] = path;
    rmSync(folder, { recursive: true });
  });

  /** Installs a fake CLI. */
  function place(program: string, mode = 0o755): void {
    const file = join(folder, "pulumi");
    writeFileSync(file, `#!/bin/sh\n${program}\n`);
    chmodSync(file, mode);
  }

  for (const [what, program, message] of failing)
    it(`gives a short reason if it ${what}`, async () => {
      place(program);
      await assert.rejects(
        pulumiOutput(["stack"]),
        (error) => error instanceof PulumiError && error.message === message,
      );
    });

  it("gives a short reason if it is not executable", async () => {
    place("true", 0o644);
    const refused = { name: "PulumiError", message: "pulumi is not executable (EACCES)" };
    process.env["PATH"] = folder;
    try {
      await assert.rejects(pulumiOutput(["stack"]), refused);
      await assert.rejects(runPulumi(["destroy"]), refused);
    } finally {
      process.env["PATH"] = `${folder}:${path}`;
    }
  });

  it("may print the outputs of a large stack", async () => {
    place("head -c 3000000 /dev/zero | tr '\\0' x");
    assert.equal((await pulumiOutput(["stack"])).length, 3_000_000);
  });
});
