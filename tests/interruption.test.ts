import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { FreshClone, type Running } from "./fresh-clone/fresh-clone.ts";

/** What the output says when the job is at a certain point. Of the first one it says nothing: moto is started then. */
const moments = {
  "while it starts the endpoint": "",
  "while it deploys": "Local endpoint at",
  "while a job runs": "SplitChirps                  running",
  // A check that has its verdict when the signal comes keeps it, and the last steps are over in a moment.
  "between two steps": "SplitChirps                  succeeded",
} as const;
type Moment = keyof typeof moments;

/** The receiver of a signal: only node, npm (which passes it on), or the whole process group (as from a terminal). */
type Receiver = "node" | "npm" | "the group";

/** Each signal, receiver and moment. A closed terminal sends SIGHUP to the whole group. */
const interruptions: readonly (readonly [NodeJS.Signals, number, Receiver, Moment])[] = [
  ["SIGINT", 130, "the group", "while it starts the endpoint"],
  ["SIGTERM", 143, "node", "while it starts the endpoint"],
  ["SIGINT", 130, "npm", "while it deploys"],
  ["SIGTERM", 143, "npm", "while a job runs"],
  ["SIGHUP", 129, "the group", "between two steps"],
];

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
    // The jobs last long enough for a signal.
    for (const script of ["split.py", "fit.py"])
      clone.edit(`pipelines/crickets/${script}`, "import os\n", "import os\nimport time\n\ntime.sleep(1)\n");
  });
  // New data makes every step run instead of coming from the step cache.
  beforeEach(() => clone.reset());
  after(() => clone.remove());

  function kill({ child }: Running, signal: NodeJS.Signals, whole: boolean): void {
    assert.ok(child.pid !== undefined);
    process.kill(whole ? -child.pid : child.pid, signal);
  }

  async function reached(running: Running, moment: Moment): Promise<void> {
    if (moments[moment] !== "") return running.printed(moments[moment]);
    while (!clone.processes().some((command) => command.includes("moto/server.py"))) await sleep(50);
  }

  const startNode = () => clone.spawn(process.execPath, ["scripts/launch.mjs", "start"]);

  for (const [signal, code, receiver, moment] of interruptions)
    it(`ends on ${signal} to ${receiver} ${moment}, and leaves no process`, async () => {
      const running = receiver === "npm" ? clone.spawn("npm", ["start"]) : startNode();
      await reached(running, moment);
      kill(running, signal, receiver === "the group");
      const ended = await running.ended;
      assert.ok(ended.code === code || ended.signal === signal, `${ended.code} ${ended.signal}\n${ended.output}`);
      await noProcesses(clone);
    });

  it("ends when its terminal is closed while a job runs, and leaves no process", async () => {
    const { code, output } = await clone.run("python3", ["-c", closedTerminal, moments["while a job runs"]]);
    assert.equal(code, 0, output);
    await noProcesses(clone);
  });

  it("works again after SIGKILL at each moment, ends leftover processes, and rejects a second start meanwhile", async () => {
    for (const moment of Object.keys(moments) as Moment[]) {
      const running = startNode();
      await reached(running, moment);
      kill(running, "SIGKILL", false);
      await running.ended;
    }
    const first = clone.spawn("npm", ["start"]);
    await first.printed(moments["while it deploys"]);
    const second = await clone.npmStart();
    assert.equal(second.code, 2, second.output);
    assert.match(second.output, /is used by process \d+: wait until it ends/);
    const { code, output } = await first.ended;
    assert.equal(code, 0, output);
    await noProcesses(clone);
  });
});
