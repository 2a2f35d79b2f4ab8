import assert from "node:assert/strict";
import fc from "fast-check";
import type { Clock } from "../../../aws/clock.ts";
import { judgeCandidate } from "../../../check/check-stack.ts";
import { parseNote } from "../../../check/execution/execution-note.ts";
import { noteEnd } from "../../../check/note-end.ts";
import { PendingReport } from "../../../check/report/reported.ts";
import { exitCode } from "../../../exit-code.ts";
import { selectGated } from "../../../scripts/stack/gated-pipelines.ts";
import { PlayedAws, type PlayedExecution } from "./played-aws.ts";
import type { Fault, FaultAt } from "./played-fault.ts";
import { outcomes, packageOf, playedOutputs } from "./played-stack.ts";
import { faultsOf, type Schedule, schedule } from "./random-schedule.ts";
import { VirtualClock } from "./virtual-clock.ts";

const second = 1000;
/** Seconds in which every execution that ends has ended: the time that a check without faults is given. */
const enough = 340;
/** Time that `runCommand` leaves a command after a signal. */
const grace = 7 * second;

/** A clock that stops for a process when the process does. */
function mortalClock(clock: Clock, killed: AbortSignal): Clock {
  return {
    now: () => clock.now(),
    sleep: (milliseconds, signal) =>
      clock.sleep(milliseconds, signal === undefined ? killed : AbortSignal.any([signal, killed])),
  };
}

/** Runs the check as a process does, which may be interrupted and killed. */
class Check {
  readonly #clock: VirtualClock;
  readonly #killed = new AbortController();
  readonly #interrupt = new AbortController();
  readonly lines: string[] = [];
  readonly began: number;
  interruptedAt: number | undefined;
  reasons: readonly string[] = [];
  /** The exit code, and when it came: milliseconds of the clock. */
  readonly ended: Promise<{ readonly code: number | "killed"; readonly at: number }>;

  constructor(aws: PlayedAws, clock: VirtualClock, timeout: number, faultAt?: FaultAt) {
    this.#clock = clock;
    this.began = clock.now();
    const { signal: killed } = this.#killed;
    const clients = { ...aws.clients(faultAt, killed), clock: mortalClock(clock, killed) };
    const pipeline = selectGated(playedOutputs, "played");
    const options = {
      ...{ clients, outputs: playedOutputs, pipeline, parameters: {}, timeout: timeout * 1000 },
      ...({ choice: { kind: "own" }, origin: { changed: false }, signal: this.#interrupt.signal } as const),
      print: (line: string) => void this.lines.push(line),
    };
    const check = async () => {
      const { report, ...judged } = await judgeCandidate(options, new PendingReport("never written"));
      this.reasons = report.reasons;
      await noteEnd(clients, { ...judged, exitCode: report.exitCode }, options.print);
      return report.exitCode;
    };
    const work = check().catch((error: unknown) => {
      if (this.interruptedAt !== undefined) return 130;
      throw error;
    });
    const end = new Promise<"killed">((resolve) => killed.addEventListener("abort", () => resolve("killed")));
    this.ended = Promise.race([work, end]).then((code) => ({
      code: code === "killed" && this.interruptedAt !== undefined ? 130 : code,
      at: clock.now(),
    }));
  }

  /** The execution that it says it is about, or that was started by it unheard. */
  execution(aws: PlayedAws): PlayedExecution | undefined {
    const arn = /^Execution (\S+)/m.exec(this.lines.join("\n"))?.[1];
    return arn === undefined ? aws.executions.at(-1) : aws.executions.find((execution) => execution.arn === arn);
  }

  kill(): void {
    this.#killed.abort();
  }

  interrupt(): void {
    this.interruptedAt = this.#clock.now();
    this.#interrupt.abort(new Error("interrupted"));
    this.#clock.sleep(grace, this.#killed.signal).then(
      () => this.kill(),
      () => {},
    );
  }
}

/** Does something at a time, unless a check has ended by then. */
async function atTime(clock: VirtualClock, delay: number, check: Check, action: () => void): Promise<void> {
  const over = new AbortController();
  const sleeping = clock.sleep(delay, over.signal).then(
    () => !over.signal.aborted && action(),
    () => {},
  );
  await check.ended;
  over.abort();
  await sleeping;
}

/** A check by a schedule, and one more after it, when everything is well again. */
async function run({ course, outages, timeout, event }: Schedule) {
  const clock = new VirtualClock();
  const aws = new PlayedAws(clock, course);
  const check = new Check(aws, clock, timeout, faultsOf(outages, clock.now()));
  let other: Check | undefined;
  if (event !== undefined)
    await atTime(clock, event.at, check, () => {
      if (event.what === "interrupt") check.interrupt();
      else if (event.what === "kill") check.kill();
      else other = new Check(aws, clock, enough);
    });
  const { code, at: endedAt } = await check.ended;
  const execution = check.execution(aws);
  const status = execution === undefined ? undefined : aws.status(execution)[0];
  const fired = aws.calls.flatMap(({ operation, fault, at }) =>
    fault === undefined ? [] : [{ operation, fault, at }],
  );
  const second = (await other?.ended)?.code;
  const again = await new Check(aws, clock, enough).ended;
  return { check, code, endedAt, execution, status, fired, second, again: again.code, aws };
}

type Ended = Awaited<ReturnType<typeof run>>;

const fatal: ReadonlySet<Fault> = new Set(["garbled", "truncated", "denied", "expired"]);

/** How long each operation was in trouble, in milliseconds: a call that hangs fails when its time is up. */
function troubles(fired: Ended["fired"]): ReadonlyMap<string, number> {
  const times = new Map<string, readonly [number, number]>();
  for (const { operation, fault, at } of fired) {
    const end = fault === "hanging" ? at + 9 * second : at;
    times.set(operation, [times.get(operation)?.[0] ?? at, end]);
  }
  return new Map([...times].map(([operation, [from, to]]) => [operation, to - from]));
}

/** Whether AWS gave a reason to give up: what no patience mends, or trouble for as long as the shortest patience is. */
function hasReasonToGiveUp({ fired }: Ended): boolean {
  return fired.some(({ fault }) => fatal.has(fault)) || Math.max(0, ...troubles(fired).values()) >= 39 * second;
}

function assertRight({ course, timeout, event }: Schedule, ended: Ended): void {
  const { check, code, endedAt, execution, status, fired, aws } = ended;
  const { outcome, end: length = Number.POSITIVE_INFINITY } = course;
  const { code: right } = outcomes[outcome];
  assert.deepEqual(aws.superfluous, [], "a second execution");
  const isEndless = length === Number.POSITIVE_INFINITY;
  assert.equal(ended.again, isEndless ? exitCode.deadline : right, "the check after it");
  if (ended.second !== undefined && code !== 130)
    assert.equal(ended.second, isEndless ? exitCode.deadline : right, "the check beside it");
  const decided = aws.executions.map(({ arn }) => aws.approvals.get(packageOf(arn)));
  if (outcome === "pass" || outcome === "regression") {
    const decision = outcome === "pass" ? "Approved" : "Rejected";
    // The verdict is recorded on an execution only after its model package was approved or rejected.
    for (const [index, { description, arn }] of aws.executions.entries())
      if (parseNote(description)?.verdict !== undefined)
        assert.equal(decided[index], decision, `the package of ${arn} is left without its decision`);
  }
  if (code === "killed") return;
  const isWithoutVerdict = code === exitCode.deadline || code === exitCode.aws;
  if (isWithoutVerdict && event === undefined && status !== undefined && !status.startsWith("Stopp"))
    assert.equal(aws.executions.length, 1, "the check after it does not go on with the same execution");

  const deadline = check.began + timeout * second;
  const end = (execution?.start ?? check.began) + length;
  const lastFault = Math.max(
    check.began,
    ...fired.map(({ fault, at }) => (fault === "hanging" ? at + 9 * second : at)),
  );
  // No hang: when faults, execution and patience are at their end, so is the check, within a poll and a try.
  assert.ok(endedAt <= Math.max(lastFault, Math.min(end, deadline)) + 20 * second, "a hang");
  switch (code) {
    case exitCode.deadline:
      assert.ok(endedAt >= deadline);
      assert.match(check.reasons.join("\n"), /still running: arn:\S+/);
      break;
    case exitCode.aws:
      assert.ok(hasReasonToGiveUp(ended), `no reason for ${check.reasons.join(" ")}`);
      if (status === "Executing" && event?.what !== "second")
        assert.match(
          check.reasons.join("\n"),
          /still running; follow it again with --execution arn:|may have started an/,
        );
      break;
    case 130: {
      const { interruptedAt = Number.NaN } = check;
      assert.ok(endedAt - interruptedAt <= grace, "gone too late");
      const isSaid = check.lines.some((line) =>
        /^(The execution could not be stopped|An execution may have been started)/.test(line),
      );
      const isCut = endedAt - interruptedAt === grace;
      if (status === "Executing") assert.ok(isSaid || isCut, "neither stopped nor said");
      break;
    }
    default:
      assert.equal(code, right, check.reasons.join("\n"));
  }
  // And the other way round: without a reason to give up there is one right code.
  if (hasReasonToGiveUp(ended) || event?.what === "interrupt") return;
  if (end > deadline + 20 * second) assert.equal(code, exitCode.deadline);
  if (Math.max(end, lastFault) < deadline - 20 * second) assert.equal(code, right);
}

describe("random faults, from the first call of a check to its verdict", function () {
  this.timeout(240_000);

  it("lead to the right exit code, in time, and to no second execution: 1,000 schedules by a virtual clock", async () => {
    const seen = new Map<number | string, number>();
    await fc.assert(
      fc.asyncProperty(schedule, async (each) => {
        const ended = await run(each);
        for (const end of [ended.code, each.event?.what ?? "alone"]) seen.set(end, (seen.get(end) ?? 0) + 1);
        assertRight(each, ended);
      }),
      { numRuns: 1000 },
    );
    // They are of use only where all ends are among them.
    for (const end of [0, 1, 3, 4, 5, 6, 130, "killed", "interrupt", "second"])
      assert.ok((seen.get(end) ?? 0) >= 10, `only ${seen.get(end)} schedules with the end ${end}`);
  });
});
