import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { diskError } from "../../../local/state/atomic-file.ts";
import { Collection } from "../../../local/state/collection.ts";
import { lockFolder } from "../../../local/state/lock.ts";
import { isRunning, processIdentity } from "../../../local/state/process-identity.ts";
import { ProcessRegistry } from "../../../local/state/process-registry.ts";
import { LocalError } from "../../../local/wire/local-error.ts";
import { temporaryFolder } from "../local-aws.ts";

let folder: string;

describe("state on the disk", () => {
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  describe("Collection", () => {
    const open = () => new Collection<{ arn: string; n: number }>(join(folder, "c"), (value) => value.arn);

    it("reads back stored records without the deleted ones", () => {
      const one = open();
      one.put("arn:x:pipeline/a", { arn: "arn:x:pipeline/a", n: 1 });
      one.put("arn:x:pipeline/a", { arn: "arn:x:pipeline/a", n: 2 });
      one.put(`arn:x:${"é/".repeat(300)}`, { arn: `arn:x:${"é/".repeat(300)}`, n: 3 });
      one.put("arn:x:pipeline/b", { arn: "arn:x:pipeline/b", n: 4 });
      one.delete("arn:x:pipeline/b");
      const two = open();
      assert.deepEqual(
        two
          .values()
          .map((value) => value.n)
          .sort(),
        [2, 3],
      );
      assert.equal(two.get("arn:x:pipeline/a")?.n, 2);
    });

    it("ignores and removes the file of an interrupted write", async () => {
      open().put("a", { arn: "a", n: 1 });
      await writeFile(join(folder, "c", "a.json.1.2.unfinished"), '{"arn":');
      assert.equal(open().values().length, 1);
      assert.equal(readdirSync(join(folder, "c")).length, 1);
    });

    it("rejects a file that is not JSON and names it", async () => {
      open();
      await writeFile(join(folder, "c", "x.json"), "{");
      assert.throws(open, /x\.json is not readable.*--reset/);
    });

    it("keeps the old record when the new one cannot be written", async () => {
      const one = open();
      one.put("a", { arn: "a", n: 1 });
      await rm(join(folder, "c"), { recursive: true });
      await writeFile(join(folder, "c"), "in the way");
      assert.throws(() => one.put("a", { arn: "a", n: 2 }));
      assert.equal(one.get("a")?.n, 1);
    });
  });

  it("explains a full disk in one line and returns other errors unchanged", () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    const explained = diskError(full, "/state/pipelines/a.json");
    assert.ok(explained instanceof LocalError);
    assert.equal(explained.code, "disk-full");
    assert.match(explained.message, /^no space left on the disk of \/state\/pipelines: free some space/);
    const other = Object.assign(new Error("EACCES"), { code: "EACCES" });
    assert.equal(diskError(other, "/state/a"), other);
  });

  describe("lockFolder", () => {
    it("rejects a second owner while the first one runs", () => {
      const release = lockFolder(folder);
      assert.throws(() => lockFolder(folder), { code: "state-in-use" });
      release();
      lockFolder(folder)();
      assert.deepEqual(readdirSync(folder), []);
    });

    const stale: readonly [string, string][] = [
      ["a process that has ended", JSON.stringify({ pid: 2 ** 22 - 1, started: "x/1" })],
      ["an earlier process with the same id", JSON.stringify({ pid: process.pid, started: "x/1" })],
      ["a process that was killed while it wrote the lock", '{"pid":'],
      ["an unknown process, because the file is empty", ""],
    ];
    for (const [title, content] of stale) {
      it(`takes over the lock of ${title}`, async () => {
        await writeFile(join(folder, "lock.json"), content);
        lockFolder(folder)();
      });
    }
  });

  describe("ProcessRegistry", () => {
    const sleeper = () => spawn("sleep", ["60"], { detached: true, stdio: "ignore" });

    it("kills a registered process that still runs", async () => {
      const child = sleeper();
      new ProcessRegistry(join(folder, "p")).add(child.pid ?? 0);
      const ended = once(child, "exit");
      assert.equal(new ProcessRegistry(join(folder, "p")).endOrphans(), 1);
      assert.deepEqual((await ended)[1], "SIGKILL");
      assert.equal(new ProcessRegistry(join(folder, "p")).endOrphans(), 0);
    });

    it("does not kill a later process with the same id", async () => {
      const child = sleeper();
      await mkdir(join(folder, "p"));
      await writeFile(join(folder, "p", `${child.pid}.json`), JSON.stringify({ pid: child.pid, started: "boot/1" }));
      assert.equal(new ProcessRegistry(join(folder, "p")).endOrphans(), 0);
      const identity = processIdentity(child.pid ?? 0);
      assert.ok(identity !== undefined && isRunning(identity));
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
      assert.equal(isRunning(identity), false);
    });
  });
});
