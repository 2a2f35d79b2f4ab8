import assert from "node:assert/strict";
import fc from "fast-check";
import { ExitError, exitCode } from "../../../scripts/command/exit-code.ts";
import { awsClients } from "../../../scripts/execution/aws-clients.ts";
import { runExecution } from "../../../scripts/execution/run-execution.ts";
import { type Course, type Fault, faults, PlayedSageMaker } from "./played-sagemaker.ts";
import { VirtualClock } from "./virtual-clock.ts";

const second = 1000;

/** A time, from the start of the command, in which the calls of an operation come to a fault: so many of them, or all. */
interface Outage {
  readonly fault: Fault;
  readonly operation: string;
  readonly from: number;
  readonly length: number;
  readonly times: number;
}

interface Schedule {
  readonly course: Course;
  readonly outages: readonly Outage[];
  /** Seconds. */
  readonly timeout: number;
  /** When somebody presses Ctrl-C. */
  readonly interruptAt: number | undefined;
}

const time = (most: number) => fc.integer({ min: 0, max: most }).map((tenths) => tenths * 100);

const outage: fc.Arbitrary<Outage> = fc.record({
  fault: fc.constantFrom(...faults),
  operation: fc.constantFrom(
    ...[
      "StartPipelineExecution",
      "DescribePipelineExecution",
      "ListPipelineExecutionSteps",
      "StopPipelineExecution",
      "*",
    ],
  ),
  from: fc.oneof(fc.constant(0), time(4000)),
  length: fc.oneof(time(300), time(3000), fc.constant(Number.POSITIVE_INFINITY)),
  times: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant(Number.POSITIVE_INFINITY)),
});

const schedule: fc.Arbitrary<Schedule> = fc.record({
  course: fc.record({
    end: fc.oneof(
      { weight: 5, arbitrary: time(3000) },
      { weight: 1, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
    ),
    outcome: fc.constantFrom("Succeeded" as const, "Failed" as const, "Stopped" as const),
    tellsSteps: fc.boolean(),
  }),
  outages: fc.array(outage, { maxLength: 4 }),
  timeout: fc.integer({ min: 1, max: 240 }),
  interruptAt: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: time(3000) }),
});

/** The first outage that is due takes the call. */
function faultsOf(outages: readonly Outage[], began: number) {
  const left = outages.map(({ times }) => times);
  return (operation: string, now: number): Fault | undefined => {
    const due = outages.findIndex(
      (each, index) =>
        (left[index] ?? 0) > 0 &&
        (each.operation === "*" || each.operation === operation) &&
        // Only a stop conflicts, and only a start needs a role.
        (each.fault !== "conflict" || operation === "StopPipelineExecution") &&
        (each.fault !== "role" || operation === "StartPipelineExecution") &&
        now - began >= each.from &&
        now - began < each.from + each.length,
    );
    if (due < 0) return undefined;
    left[due] = (left[due] ?? 0) - 1;
    return outages[due]?.fault;
  };
}

/** How the command ended: its exit code, when, and what SageMaker has seen of it. */
async function run({ course, outages, timeout, interruptAt }: Schedule) {
  const clock = new VirtualClock();
  const began = clock.now();
  const played = new PlayedSageMaker(clock, course, faultsOf(outages, began));
  const interrupt = new AbortController();
  const lines: string[] = [];
  let startedAt: number | undefined;
  let interruptedAt: number | undefined;
  const over = new AbortController();
  if (interruptAt !== undefined)
    clock.sleep(interruptAt, over.signal).then(
      () => {
        interruptedAt = clock.now();
        interrupt.abort(new Error("interrupted"));
      },
      () => {},
    );
  const clients = { ...awsClients("us-east-1", { isLocal: false }), sagemaker: played.client, clock };
  let error: unknown;
  const code = await runExecution({
    ...{ clients, pipelineName: "p", parameters: {}, timeout: String(timeout / 60), signal: interrupt.signal },
    print: (line) => lines.push(line),
    onStarted: () => (startedAt = clock.now()),
  }).then(
    ({ status }) => (status === "Succeeded" ? exitCode.pass : exitCode.executionFailed),
    (thrown: unknown) => {
      error = thrown;
      if (interrupt.signal.aborted) return 130;
      return thrown instanceof ExitError ? thrown.code : undefined;
    },
  );
  over.abort();
  const fired = played.calls.flatMap(({ fault, at }) => (fault === undefined ? [] : [{ fault, at }]));
  return { code, error, lines, played, fired, startedAt, interruptedAt, began, endedAt: clock.now() };
}

type Ended = Awaited<ReturnType<typeof run>>;

const fatal: ReadonlySet<Fault> = new Set(["garbled", "truncated", "denied", "expired"]);
const silent: ReadonlySet<Fault> = new Set(["disconnected", "lost", "refused", "hanging"]);

/** Whether AWS gave a reason to give up: what no patience mends, nothing at all for 40 s, too busy to start for two minutes. */
function hasReasonToGiveUp({ fired, startedAt }: Ended): boolean {
  if (fired.some(({ fault }) => fatal.has(fault))) return true;
  // A call that hangs fails when its time is up.
  const silence = fired.flatMap(({ fault, at }) =>
    silent.has(fault) ? [fault === "hanging" ? at + 9 * second : at] : [],
  );
  if (silence.length > 0 && Math.max(...silence) - Math.min(...silence) >= 39 * second) return true;
  return startedAt === undefined && fired.length > 5;
}

function assertRight(schedule: Schedule, ended: Ended): void {
  const { code, error, played, began, endedAt, interruptedAt, startedAt, lines } = ended;
  const executions = [...played.executions.values()];
  assert.ok(executions.length <= 1, "a second execution");
  const [execution] = executions;
  const [status] = execution === undefined ? [undefined] : played.status(execution);
  const deadline = began + schedule.timeout * second;

  // No hang: never later than one poll after the deadline, once it runs; before that, no longer than patience says.
  assert.ok(
    endedAt <=
      Math.max(
        deadline + 10 * second,
        (startedAt ?? began) + 10 * second,
        startedAt === undefined ? began + 140 * second : 0,
      ),
    "a hang",
  );
  switch (code) {
    case 0:
      assert.equal(status, "Succeeded");
      break;
    case exitCode.executionFailed:
      assert.ok(status === "Failed" || status === "Stopped", status);
      break;
    case exitCode.deadline:
      assert.ok(endedAt >= deadline);
      assert.match(String(error), /still runs: arn:\S+/);
      break;
    case exitCode.aws:
      assert.ok(hasReasonToGiveUp(ended), `no reason for ${error}`);
      if (startedAt !== undefined) assert.match(String(error), /still runs; follow it again with --execution arn:/);
      break;
    case 130: {
      assert.ok(interruptedAt !== undefined);
      if (startedAt === undefined || execution === undefined) break;
      assert.ok(endedAt - Math.max(interruptedAt, startedAt) <= 5 * second, "gone too late");
      const stop = played.calls.find(({ operation }) => operation === "StopPipelineExecution");
      assert.ok(stop !== undefined && stop.at - Math.max(interruptedAt, startedAt) <= 5 * second, "no stop");
      if (status === "Executing")
        assert.ok(
          lines.some((line) => line.startsWith("It could not be stopped")),
          "silent",
        );
      break;
    }
    default:
      assert.fail(`the exit code ${code}: ${(error as Error | undefined)?.stack}`);
  }
  // And the other way round: without a reason to give up there is one right code.
  if (hasReasonToGiveUp(ended) || startedAt === undefined) return;
  const lastFault = Math.max(began, ...ended.fired.map(({ at }) => at));
  const end = startedAt + (schedule.course.end ?? Number.POSITIVE_INFINITY);
  if (interruptedAt !== undefined && interruptedAt < Math.min(end, deadline)) assert.equal(code, 130);
  else if (interruptedAt === undefined && Math.max(end, lastFault) < deadline - 15 * second)
    assert.equal(code, schedule.course.outcome === "Succeeded" ? 0 : exitCode.executionFailed);
}

describe("random faults, from the start of an execution to its end", function () {
  this.timeout(120_000);

  it("lead to the right exit code, in time, and to no second execution: 1,000 schedules by a virtual clock", async () => {
    const seen = new Map<number | undefined, number>();
    await fc.assert(
      fc.asyncProperty(schedule, async (each) => {
        const ended = await run(each);
        seen.set(ended.code, (seen.get(ended.code) ?? 0) + 1);
        assertRight(each, ended);
      }),
      { numRuns: 1000 },
    );
    // They are of use only where all ends are among them.
    for (const code of [0, exitCode.executionFailed, exitCode.deadline, exitCode.aws, 130])
      assert.ok((seen.get(code) ?? 0) >= 10, `only ${seen.get(code)} schedules with the exit code ${code}`);
  });
});
