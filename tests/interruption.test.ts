import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { FreshClone, type Running } from "./fresh-clone/fresh-clone.ts";

/** What the output says when the job is at a certain point. */
const moments = [
  ["while it starts the endpoint", ""],
  ["while it deploys", "Local endpoint at"],
  ["while a job runs", "PreprocessAbaloneData        running"],
  // A check that has its verdict when the signal comes keeps it, and the last steps are over in a moment.
  ["between two steps", "PreprocessAbaloneData        succeeded"],
] as const;

const signals = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const;

/** A terminal with npm start in it, closed when the output holds the first argument. */
const closedTerminal = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execvp("npm", ["npm", "start"])
output = b""
while sys.argv[1].encode() not in output:
    output += os.read(terminal, 4096)
os.close(terminal)
os.waitpid(pid, 0)
`;

async function noProcesses(clone: FreshClone): Promise<void> {
  const deadline = Date.now() + 3000;
  while (clone.processes().length > 0 && Date.now() < deadline) await sleep(50);
  assert.deepEqual(clone.processes(), []);
}

describe("npm start, interrupted", function () {
  this.timeout(120_000);
  let clone: FreshClone;

  before(async () => {
    clone = await FreshClone.make();
  });
  // So that every step runs, and no moment passes in the cache.
  beforeEach(() => clone.reset());
  after(() => clone.remove());

  function kill({ child }: Running, signal: NodeJS.Signals, whole: boolean): void {
    assert.ok(child.pid !== undefined);
    process.kill(whole ? -child.pid : child.pid, signal);
  }

  // Each signal at each moment: to node alone, to npm alone, or as a terminal does it, to the whole group.
  for (const [index, [moment, text]] of moments.entries())
    for (const [name, code] of signals)
      it(`ends on ${name} ${moment}, and leaves no process`, async () => {
        const throughNpm = (index + code) % 2 === 0;
        // A closed terminal hangs up the whole group; npm passes the other signals on.
        const whole = name === "SIGHUP" || (index + code) % 3 === 0;
        const running = throughNpm
          ? clone.spawn("npm", ["start"])
          : clone.spawn(process.execPath, ["scripts/launch.mjs", "start"]);
        await (text === "" ? sleep(600) : running.printed(text));
        kill(running, name, whole);
        const ended = await running.ended;
        assert.ok(ended.code === code || ended.signal === name, `${ended.code} ${ended.signal}\n${ended.output}`);
        await noProcesses(clone);
      });

  for (const [moment, text] of moments.slice(1))
    it(`ends when its terminal is closed ${moment}, and leaves no process`, async () => {
      const { code, output } = await clone.run("python3", ["-c", closedTerminal, text]);
      assert.equal(code, 0, output);
      await noProcesses(clone);
    });

  for (const [moment, text] of moments)
    it(`works again after SIGKILL ${moment}, and ends what was left`, async () => {
      const running = clone.spawn(process.execPath, ["scripts/launch.mjs", "start"]);
      await (text === "" ? sleep(600) : running.printed(text));
      kill(running, "SIGKILL", false);
      await running.ended;
      const { code, output } = await clone.npmStart();
      assert.equal(code, 0, output);
      await noProcesses(clone);
    });

  it("tells a second one that the first one is at work", async () => {
    const first = clone.spawn("npm", ["start"]);
    await first.printed("Local endpoint at");
    const second = await clone.npmStart();
    assert.equal(second.code, 2, second.output);
    assert.match(second.output, /is used by process \d+: wait for its end/);
    assert.equal((await first.ended).code, 0);
  });
});
