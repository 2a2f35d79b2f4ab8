import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { repository } from "../scripts/local-stack/folders.ts";

describe("npm run check", function () {
  this.timeout(120_000);
  const tools: readonly (readonly [string, ...string[]])[] = [
    ["tsc", "--noEmit", "--pretty", "false"],
    ["biome", "check", "--colors=off", "."],
  ];
  for (const [tool, ...args] of tools)
    it(`finds nothing with ${tool}`, () => {
      const path = join(repository, "node_modules", ".bin", tool);
      const { status, stdout, stderr } = spawnSync(path, args, { cwd: repository, encoding: "utf8" });
      assert.equal(status, 0, `${stdout}${stderr}`.slice(0, 4000));
    });
});
