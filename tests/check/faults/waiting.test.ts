import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { StartPipelineExecutionCommand } from "@aws-sdk/client-sagemaker";
import { type FollowOptions, followExecution } from "../../../check/execution/follow-execution.ts";
import { pollTimes } from "../../../check/execution/poll-times.ts";
import { type Course, PlayedAws } from "./played-aws.ts";
import type { Fault } from "./played-fault.ts";
import { VirtualClock } from "./virtual-clock.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

/** Follows a played execution to its end, or for a day. */
async function followed(
  course: Course,
  options: Partial<FollowOptions> = {},
  faultAt: (at: number) => Fault | undefined = () => undefined,
) {
  const clock = new VirtualClock();
  const began = clock.now();
  const played = new PlayedAws(clock, course);
  const { sagemaker } = played.clients((_, at) => faultAt(at - began));
  const arn = played.start();
  const looks: number[] = [];
  const warnings: string[] = [];
  const end = await followExecution({
    ...{ sagemaker, clock, arn, signal: new AbortController().signal, deadline: began + day },
    times: pollTimes(false),
    onSteps: () => looks.push(clock.now() - began),
    onWarning: (line) => warnings.push(line),
    ...options,
  }).then(
    ({ status }) => status,
    (error: Error) => error,
  );
  const calls = (operation: string) =>
    played.calls.filter((call) => call.operation === operation).map(({ at }) => at - began);
  return { end, took: clock.now() - began, looks, warnings, calls, waiting: clock.waiting };
}

/** The most of some times that lie in one minute. */
function mostInAMinute(times: readonly number[]): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + minute).length));
}

describe("waiting for an execution on AWS", function () {
  this.timeout(60_000);

  it("asks at most six times a minute after the first one, and notices the end within 30 s", async () => {
    const end = 60 * minute + 1;
    const { end: status, took, calls } = await followed({ end, outcome: "pass", tellsSteps: true });
    assert.equal(status, "Succeeded");
    assert.ok(took - end < 30_000, `${took - end} ms late`);
    const describes = calls("DescribePipelineExecution");
    assert.ok(mostInAMinute(describes.filter((at) => at >= minute)) <= 6);
    assert.ok(describes.filter((at) => at < minute).length > 6, "faster in the first minute");
  });

  it("notices an early end within seconds", async () => {
    const { took } = await followed({ end: 20_001, outcome: "failed", tellsSteps: false });
    assert.ok(took - 20_001 <= 5000);
  });

  it("notices the end within a second on this machine, whenever it comes", async () => {
    for (const end of [20_001, 5 * minute + 1]) {
      const { took } = await followed({ end, outcome: "pass", tellsSteps: false }, { times: pollTimes(true) });
      assert.ok(took - end <= 1000, `${took - end} ms late`);
    }
  });

  it("lists the steps when the execution changes, and at its end", async () => {
    const { looks, calls } = await followed({ end: 10 * minute, outcome: "pass", tellsSteps: true });
    // A step begins every 45 s.
    assert.ok(calls("ListPipelineExecutionSteps").length <= (10 * 60) / 45 + 5, String(looks));
    assert.equal(looks.at(-1), 10 * minute);
  });

  it("lists the steps once a minute even if the execution shows no change", async () => {
    const { looks, calls } = await followed({ end: 30 * minute, outcome: "pass", tellsSteps: false });
    const lists = calls("ListPipelineExecutionSteps");
    assert.ok(mostInAMinute(lists.filter((at) => at >= 2 * minute)) <= 2);
    assert.ok(lists.length >= 30, String(looks));
  });

  it("gives up at the deadline, or at most 10 s later if AWS does not answer", async () => {
    const deadline = (minutes: number) => ({ deadline: new VirtualClock().now() + minutes * minute });
    const { end, took } = await followed({ outcome: "pass", tellsSteps: true }, deadline(30));
    assert.match(String(end), /did not end in time and is still running: arn:\S+/);
    assert.equal(took, 30 * minute);
    const hanging = await followed({ outcome: "pass", tellsSteps: true }, deadline(30), (at) =>
      at > 30 * minute - 15_000 ? "hanging" : undefined,
    );
    assert.match(String(hanging.end), /did not end in time/);
    assert.ok(hanging.took <= 30 * minute + 10_000, `${hanging.took}`);
  });

  it("accepts an end just before the deadline", async () => {
    const deadline = new VirtualClock().now() + 10 * minute;
    const { end } = await followed({ end: 10 * minute - 1, outcome: "pass", tellsSteps: true }, { deadline });
    assert.equal(end, "Succeeded");
  });

  const never: readonly (readonly [Fault, number, RegExp])[] = [
    ["refused", 60, /ECONNREFUSED/],
    ["hanging", 60, /no response in time/],
    ["role", 120, /assume role/],
    ["throttled", 121, /Rate exceeded/],
  ];
  for (const [fault, seconds, reason] of never)
    it(`gives up a start within ${seconds} s if every call fails with "${reason.source}"`, async () => {
      const clock = new VirtualClock();
      const began = clock.now();
      const { sagemaker } = new PlayedAws(clock, { outcome: "pass", tellsSteps: true }).clients(() => fault);
      await assert.rejects(sagemaker.send(new StartPipelineExecutionCommand({ PipelineName: "p" })), reason);
      assert.ok(clock.now() - began <= seconds * 1000, `${clock.now() - began} ms`);
    });

  it("outlasts hours of throttling, and says so once", async () => {
    const { end, warnings, calls } = await followed({ end: 5 * minute, outcome: "pass", tellsSteps: true }, {}, (at) =>
      at > 60_000 && at < 180 * minute ? "throttled" : undefined,
    );
    assert.equal(end, "Succeeded");
    assert.deepEqual(warnings, ["AWS is too busy to answer (ThrottlingException); still waiting."]);
    assert.ok(calls("DescribePipelineExecution").length < 180 * 12);
  });

  it("uses no more memory after 10,000 polls, which take more than a day", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const clock = new VirtualClock();
    const interrupt = new AbortController();
    const heap: number[] = [];
    let looks = 0;
    const played = new PlayedAws(clock, { outcome: "pass", tellsSteps: true });
    const { sagemaker } = played.clients((operation) => {
      if (operation !== "DescribePipelineExecution") return undefined;
      looks += 1;
      if (looks % 2000 === 0) {
        played.calls.length = 0;
        collect();
        heap.push(process.memoryUsage().heapUsed);
        assert.equal(getEventListeners(interrupt.signal, "abort").length, 1);
        assert.ok(clock.waiting <= 2);
      }
      if (looks === 10_000) interrupt.abort(new Error("enough"));
      return undefined;
    });
    const arn = played.start();
    const began = clock.now();
    const following = followExecution({
      ...{ sagemaker, clock, arn, signal: interrupt.signal, deadline: began + 2 * day },
      times: pollTimes(false),
    });
    await assert.rejects(following, /enough/);
    assert.ok(clock.now() - began > day);
    const [first = 0, ...others] = heap;
    assert.ok(Math.max(...others) - first < 500_000, `bytes in use every 2,000 looks: ${heap}`);
  });
});
