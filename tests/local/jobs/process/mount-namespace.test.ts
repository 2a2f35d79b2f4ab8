import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MountNamespace, mountNamespace } from "../../../../local/jobs/process/mount-namespace.ts";

/** An ordinary user, who owns none of the folders. */
const ordinary = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"];
/** Mounts an /opt like that of a machine, for this command only. */
const withOptMl = [
  "unshare",
  "--mount",
  "sh",
  "-c",
  'mount -t tmpfs none /opt && mkdir -p /opt/ml /opt/tool && exec "$@"',
  "sh",
];
const withoutOptMl = [
  "unshare",
  "--mount",
  "sh",
  "-c",
  'mount -t tmpfs none /opt && mkdir -p /opt/tool && exec "$@"',
  "sh",
];

const works = (command: readonly string[]) => run(command, ["true"]).status === 0;

function run(prefix: readonly string[], command: readonly string[]): SpawnSyncReturns<string> {
  const [program = "", ...rest] = [...prefix, ...command];
  return spawnSync(program, rest, { encoding: "utf8" });
}

const isRoot = process.getuid?.() === 0;
const cases: readonly (readonly [string, readonly string[]])[] = [
  ["the current user of this machine", []],
  ...(isRoot
    ? ([
        ["root, with an /opt/ml", withOptMl],
        ["root, without an /opt/ml", withoutOptMl],
        ["an ordinary user, with an /opt/ml", [...withOptMl, ...ordinary]],
        ["an ordinary user, without an /opt/ml", [...withoutOptMl, ...ordinary]],
      ] as const)
    : []),
];

describe("a job's own /opt/ml", () => {
  let namespace: MountNamespace | undefined;
  before(async () => {
    namespace = await mountNamespace();
  });

  for (const [who, prefix] of cases) {
    it(`works for ${who}`, function () {
      if (namespace === undefined || !works([...prefix, "unshare", "--user", "--map-root-user", "--mount"]))
        return this.skip();
      const whole = mkdtempSync(join(tmpdir(), "own-"));
      chmodSync(whole, 0o777);
      try {
        const folder = join(whole, "ml");
        mkdirSync(folder);
        chmodSync(folder, 0o777);
        const script = 'echo "$0" > /opt/ml/said; ls /opt; exit 7';
        const ended = run(prefix, namespace(folder, ["sh", "-c", script, "a b"]));
        assert.equal(ended.status, 7, ended.stderr);
        assert.equal(readFileSync(join(folder, "said"), "utf8"), "a b\n");
        // The other entries of /opt are visible, too.
        const expected = prefix.length > 0 ? ["ml", "tool"] : [...new Set([...readdirSync("/opt"), "ml"])].sort();
        assert.deepEqual(ended.stdout.trim().split("\n").sort(), expected);
        assert.ok(!existsSync("/opt/ml/said"), "nothing is mounted outside of the job");
      } finally {
        rmSync(whole, { recursive: true, force: true });
      }
    });
  }
});
