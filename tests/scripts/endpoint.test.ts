import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command } from "../fresh-clone/command-line.ts";

describe("npm run endpoint", () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), "endpoint-"))));
  after(() => rm(folder, { recursive: true }));

  it("rejects invalid faults in one line and starts nothing", async () => {
    const file = join(folder, "faults.json");
    await writeFile(file, '[{"fault": "hang", "times": 0}]');
    const args = ["--port", "0", "--state", join(folder, "state"), "--faults"];
    const [wrong, missing] = await Promise.all([
      command("endpoint", [...args, file]),
      command("endpoint", [...args, join(folder, "none.json")]),
    ]);
    assert.deepEqual([wrong.code, missing.code], [2, 2]);
    assert.match(wrong.stderr, /^\S+faults\.json: faults\[0\]\.times: [^\n]+\n$/);
    assert.match(missing.stderr, /^--faults \S+none\.json cannot be read: [^\n]+\n$/);
    assert.equal(wrong.stdout + missing.stdout, "");
  });
});
