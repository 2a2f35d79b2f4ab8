import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { JobFolder } from "../../../../local/jobs/process/job-folder.ts";
import { type OwnRoot, ownRoot } from "../../../../local/jobs/process/own-root.ts";
import { longestLine } from "../../../../local/jobs/process/read-lines.ts";
import { type ProcessRequest, runProcess } from "../../../../local/jobs/process/run-process.ts";
import { ProcessRegistry } from "../../../../local/state/process-registry.ts";
import { temporaryFolder } from "../../local-aws.ts";
import { pythons } from "../../pythons.ts";
import { running } from "../running-commands.ts";

describe("a job's process", function () {
  this.timeout(20_000);
  let root: string;
  let own: OwnRoot | undefined;
  let python: { python: string; bin: string };
  let count = 0;
  before(async () => {
    root = await temporaryFolder();
    const { xgboost } = await pythons();
    python = { python: xgboost, bin: dirname(xgboost) };
    own = await ownRoot(python);
  });
  after(() => rm(root, { recursive: true }));

  /** Runs a shell command, in a root of its own if this system allows one and `plain` is not set. */
  async function run(script: string, more: Partial<ProcessRequest> & { plain?: boolean } = {}) {
    const folder = new JobFolder(root, `${count++}`, more.plain === true ? undefined : own);
    const printed: string[] = [];
    const end = await runProcess({
      command: folder.command(folder.place(["sh", "-c", script], python)),
      folder: folder.workFolder(),
      environment: { PATH: process.env["PATH"] ?? "" },
      onLines: (lines) => printed.push(...lines),
      signal: new AbortController().signal,
      registry: new ProcessRegistry(join(root, "processes")),
      ...more,
    });
    return { end, printed };
  }

  for (const plain of [false, true]) {
    describe(plain ? "without a root of its own" : "in a root of its own, if this system allows one", () => {
      const ends: readonly [string, number, readonly string[]][] = [
        ["echo a; echo b >&2; exit 7", 7, ["a", "b"]],
        ["kill -9 $$", 137, []],
        ["kill -TERM $$", 143, []],
        ["kill -SEGV $$", 139, []],
      ];
      for (const [script, code, expected] of ends) {
        it(`reports the exit code of ${script}`, async () => {
          const { end, printed } = await run(script, { plain });
          assert.deepEqual([end, printed.sort()], [{ kind: "exited", code }, expected]);
        });
      }

      it("can open /dev/stdout and /dev/stderr", async () => {
        const { end, printed } = await run("echo out > /dev/stdout; echo err > /dev/stderr", { plain });
        assert.deepEqual([end, printed.sort()], [{ kind: "exited", code: 0 }, ["err", "out"]]);
      });

      it("can print a line of any length", async () => {
        const { end, printed } = await run("head -c 3000000 /dev/zero | tr '\\0' z; echo end", { plain });
        assert.deepEqual(end, { kind: "exited", code: 0 });
        assert.ok(printed.every((line) => line.length <= longestLine));
        assert.equal(printed.join("").length, 3_000_003);
      });

      it("ends even if a child in another session keeps its output open", async () => {
        const marker = `77.${process.pid}${plain ? 1 : 2}`;
        const { end, printed } = await run(
          `mkfifo begun; setsid sh -c "echo up; echo > begun; exec sleep ${marker}" & read line < begun; exit 3`,
          { plain },
        );
        assert.deepEqual([end, printed], [{ kind: "exited", code: 3 }, ["up"]]);
        const left = running(`sleep ${marker}`);
        if (!plain && own?.ownProcesses === true) assert.deepEqual(left, []);
        for (const pid of left) process.kill(pid, "SIGKILL");
      });

      it("receives SIGTERM when it is stopped", async () => {
        const stop = new AbortController();
        const lines: string[] = [];
        const { end } = await run(
          "exec 2>/dev/null; trap 'echo asked; exit 0' TERM; echo up; while :; do sleep 0.05; done",
          {
            plain,
            signal: stop.signal,
            onLines(printed) {
              lines.push(...printed);
              stop.abort();
            },
          },
        );
        assert.deepEqual([end, lines], [{ kind: "stopped" }, ["up", "asked"]]);
      });

      it("is ended by the first line that cannot be stored", async () => {
        const onLines = () => {
          throw new Error("no room");
        };
        await assert.rejects(run("echo a; sleep 60", { plain, onLines }), /^Error: no room$/);
      });
    });
  }

  it("sees only its own processes, and all of them end with it", async function () {
    if (own?.ownProcesses !== true) return this.skip();
    const marker = `78.${process.pid}`;
    const { end, printed } = await run(
      `setsid sleep ${marker} > /dev/null 2>&1 & test -d /proc/$$ && ls -d /proc/${process.pid}`,
    );
    assert.deepEqual(end, { kind: "exited", code: 2 });
    assert.match(printed[0] ?? "", /No such file/);
    assert.deepEqual(running(`sleep ${marker}`), []);
  });
});
