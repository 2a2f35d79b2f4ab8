import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { DescribePipelineExecutionCommand } from "@aws-sdk/client-sagemaker";
import type { Report } from "../../../check/report/content/report.ts";
import type { FaultRuleInput } from "../../../local/faults/fault-rule.ts";
import { DeployedStack } from "./deployed-stack.ts";

const start = { service: "sagemaker", operation: "StartPipelineExecution" } as const;
const stop = { service: "sagemaker", operation: "StopPipelineExecution" } as const;
/** Makes the jobs slower than the stop. */
const slowJobs = { service: "s3", operation: "GetObject", from: "job", fault: "latency", milliseconds: 3000 } as const;
const conflict = { fault: "error", type: "ConflictException", message: "The execution is being changed." } as const;

/** Runs a command in a terminal, and presses Ctrl-C when the output holds the first argument. */
const terminal = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
output, pressed = b"", False
while True:
    try:
        chunk = os.read(terminal, 4096)
    except OSError:
        break
    if not chunk:
        break
    output += chunk
    if not pressed and sys.argv[1].encode() in output:
        pressed = True
        os.write(terminal, b"\\x03")
sys.stdout.buffer.write(output)
status = os.waitpid(pid, 0)[1]
sys.exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
`;

describe("npm run check-stack, on SIGINT", function () {
  this.timeout(120_000);
  let stack: DeployedStack;
  before(async () => {
    ({ stack } = await DeployedStack.make());
  });
  after(() => stack?.close());
  afterEach(() => stack.endpoint.faults.clear());

  async function checkStack(inputData: string) {
    const args = ["scripts/launch.mjs", "check-stack", "--outputs", `${stack.folder}/outputs.json`];
    const more = ["--parameter", `InputDataUrl=${inputData}`, "--report", `${stack.folder}/interrupted`];
    const child: ChildProcess = spawn(process.execPath, [...args, ...more], {
      cwd: stack.clone.folder,
      env: process.env,
    });
    let output = "";
    const looks = new Set<() => void>();
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk) => {
        output += chunk;
        for (const look of looks) look();
      });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const printed = (text: string) =>
      new Promise<void>((resolve) => {
        const look = () => output.includes(text) && resolve();
        looks.add(look);
        look();
        void ended.then(() => resolve());
      });
    return { child, ended, printed, output: () => output };
  }

  async function interruptedWhileItWaits(faults: readonly FaultRuleInput[]) {
    const data = await stack.freshData();
    stack.endpoint.faults.add([slowJobs]);
    const running = await checkStack(data);
    await running.printed("SplitChirps                  running");
    stack.endpoint.faults.add(faults);
    const from = performance.now();
    running.child.kill("SIGINT");
    const code = await running.ended;
    const took = performance.now() - from;
    const fired = stack.endpoint.faults.list().map((rule) => rule.fired);
    stack.endpoint.faults.clear();
    const [, PipelineExecutionArn] = /Execution (\S+)/.exec(running.output()) ?? [];
    const { PipelineExecutionStatus } = await stack.sagemaker.send(
      new DescribePipelineExecutionCommand({ PipelineExecutionArn }),
    );
    return { code, took, fired, status: PipelineExecutionStatus, output: running.output() };
  }

  it("stops the execution and exits with 130", async () => {
    const { code, took, status, output } = await interruptedWhileItWaits([]);
    assert.equal(code, 130, output);
    assert.match(status ?? "", /^Stopp/);
    assert.ok(took < 5000, `${took} ms`);
  });

  it("exits within 7 s when nothing answers any more, and names the execution that is still running", async () => {
    const { code, took, output } = await interruptedWhileItWaits([{ fault: "hang" }]);
    assert.equal(code, 130, output);
    assert.ok(took < 7500, `${took} ms`);
    assert.match(
      output,
      /The execution could not be stopped and is still running: arn:\S+\. Stop it, or follow it again with --execution arn:/,
    );
  });

  it("stops again when the stop conflicts twice, and exits with 130", async () => {
    const { code, fired, status, output } = await interruptedWhileItWaits([{ ...stop, ...conflict, times: 2 }]);
    assert.equal(fired[1], 2);
    assert.equal(code, 130, output);
    assert.match(status ?? "", /^Stopp/);
  });

  it("keeps the verdict when the execution has succeeded", async () => {
    const slow = { service: "s3", operation: "GetObject", fault: "latency", milliseconds: 1000 } as const;
    // The first GetObject reads the approved model's evaluation, before the start.
    stack.endpoint.faults.add([{ ...slow, skip: 1, times: 1 }]);
    const running = await checkStack(stack.data);
    while (stack.endpoint.faults.list().every(({ fired }) => fired === 0)) await sleep(10);
    running.child.kill("SIGINT");
    assert.equal(await running.ended, 0, running.output());
    assert.match(running.output(), /UNCHANGED|PASS/);
  });

  it("keeps the verdict while it is recorded on the execution", async () => {
    stack.endpoint.faults.add([{ service: "sagemaker", operation: "UpdatePipelineExecution", fault: "hang" }]);
    const running = await checkStack(await stack.freshData());
    await running.printed("  report  ");
    running.child.kill("SIGINT");
    const from = performance.now();
    assert.equal(await running.ended, 0, running.output());
    assert.ok(performance.now() - from < 7000);
    assert.match(running.output(), /^The next check judges this execution again/m);
  });

  it("stops an execution that is being started", async () => {
    stack.endpoint.faults.add([slowJobs, { ...start, fault: "latency", milliseconds: 1000 }]);
    const running = await checkStack(await stack.freshData());
    while ((stack.endpoint.faults.list()[1]?.fired ?? 0) === 0) await sleep(10);
    running.child.kill("SIGINT");
    assert.equal(await running.ended, 130, running.output());
    assert.match(running.output(), /^Stopping the execution/m);
    const [latest] = await stack.executions();
    const { PipelineExecutionStatus } = await stack.sagemaker.send(
      new DescribePipelineExecutionCommand({ PipelineExecutionArn: latest }),
    );
    assert.match(PipelineExecutionStatus ?? "", /^Stopp/);
  });

  it("says that an execution may run when the answer to its start is missing", async () => {
    stack.endpoint.faults.add([{ ...start, fault: "throttling" }]);
    const running = await checkStack(await stack.freshData());
    while ((stack.endpoint.faults.list()[0]?.fired ?? 0) === 0) await sleep(10);
    running.child.kill("SIGINT");
    const from = performance.now();
    assert.equal(await running.ended, 130, running.output());
    assert.ok(performance.now() - from < 7000);
    assert.match(
      running.output(),
      /^An execution may have been started and may be running: run the same command again/m,
    );
  });

  it("exits at once when nothing was started yet", async () => {
    stack.endpoint.faults.add([{ fault: "hang" }]);
    const running = await checkStack(stack.data);
    while ((stack.endpoint.faults.list()[0]?.fired ?? 0) === 0) await sleep(10);
    running.child.kill("SIGINT");
    const from = performance.now();
    assert.equal(await running.ended, 130, running.output());
    assert.ok(performance.now() - from < 3000);
  });

  /** Runs the command in a terminal, and presses Ctrl-C when it has printed a text. */
  async function inTerminal(data: string, text: string, more: NodeJS.ProcessEnv = {}) {
    const args = ["--outputs", `${stack.folder}/outputs.json`, "--parameter", `InputDataUrl=${data}`];
    const command = ["npm", "run", "-s", "check-stack", "--", ...args, "--report", `${stack.folder}/terminal`];
    const child = spawn("python3", ["-c", terminal, text, ...command], {
      cwd: stack.clone.folder,
      env: { ...process.env, ...more },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    const code = await new Promise((resolve) => child.once("close", resolve));
    return { code, output };
  }

  it("keeps the verdict at Ctrl-C in a terminal while it loads the pictures, which also ends the compiler", async () => {
    // In an empty TMPDIR nothing is compiled yet, as in CI.
    const { code, output } = await inTerminal(stack.data, "registered model", { TMPDIR: stack.folder });
    assert.equal(code, 0, output);
    const text = readFileSync(`${stack.folder}/terminal/report.json`, "utf8");
    const { verdict, execution, notDrawn = [] } = JSON.parse(text) as Report;
    assert.match(verdict, /^(pass|unchanged)$/);
    assert.equal(notDrawn[0]?.picture, "Pictures", text);
    const { PipelineExecutionDescription } = await stack.sagemaker.send(
      new DescribePipelineExecutionCommand({ PipelineExecutionArn: execution?.arn }),
    );
    assert.match(PipelineExecutionDescription ?? "", /"verdict":"(pass|unchanged)"/, output);
  });

  it("stops the execution at Ctrl-C in a terminal through npm, which sends the signal twice", async () => {
    const data = await stack.freshData();
    stack.endpoint.faults.add([slowJobs, { ...stop, fault: "latency", milliseconds: 1500 }]);
    const { code, output } = await inTerminal(data, "SplitChirps                  running");
    assert.equal(code, 130, output);
    const [latest] = await stack.executions();
    const { PipelineExecutionStatus } = await stack.sagemaker.send(
      new DescribePipelineExecutionCommand({ PipelineExecutionArn: latest }),
    );
    assert.match(PipelineExecutionStatus ?? "", /^Stopp/, output);
  });
});
