import fc from "fast-check";
import type { Course } from "./played-aws.ts";
import { type Fault, type FaultAt, faults } from "./played-fault.ts";
import { type Outcome, outcomes } from "./played-stack.ts";

/** A period, from the start of the check, in which calls of an operation fail: some times or always. */
interface Outage {
  readonly fault: Fault;
  readonly operation: string;
  readonly from: number;
  readonly length: number;
  readonly times: number;
}

export interface Schedule {
  readonly course: Course;
  readonly outages: readonly Outage[];
  /** Seconds. */
  readonly timeout: number;
  /** Ctrl-C, `kill -9`, or a second check of the same stack. */
  readonly event: { readonly what: "interrupt" | "kill" | "second"; readonly at: number } | undefined;
}

const time = (most: number) => fc.integer({ min: 0, max: most }).map((tenths) => tenths * 100);

const outage: fc.Arbitrary<Outage> = fc.record({
  fault: fc.constantFrom(...faults),
  operation: fc.constantFrom(
    ...["ListPipelineExecutions", "DescribePipeline", "ListModelPackages", "DescribeModelPackage", "HeadObject"],
    ...["StartPipelineExecution", "DescribePipelineExecution", "ListPipelineExecutionSteps", "StopPipelineExecution"],
    ...["DescribeProcessingJob", "GetObject", "UpdateModelPackage", "UpdatePipelineExecution", "*"],
  ),
  from: fc.oneof(fc.constant(0), time(4000)),
  length: fc.oneof(time(300), time(3000), fc.constant(Number.POSITIVE_INFINITY)),
  times: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant(Number.POSITIVE_INFINITY)),
});

export const schedule: fc.Arbitrary<Schedule> = fc.record({
  course: fc.record({
    end: fc.oneof(
      { weight: 5, arbitrary: time(3000) },
      { weight: 1, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
    ),
    outcome: fc.constantFrom(...(Object.keys(outcomes) as Outcome[])),
    tellsSteps: fc.boolean(),
  }),
  outages: fc.array(outage, { maxLength: 4 }),
  timeout: fc.oneof(fc.integer({ min: 1, max: 240 }), fc.integer({ min: 320, max: 500 })),
  event: fc.option(fc.record({ what: fc.constantFrom("interrupt", "kill", "second"), at: time(3000) }), {
    nil: undefined,
    freq: 2,
  }),
});

/** Tells whether a call can have a fault: only a stop conflicts, only a start needs a role, and objects have no JSON to garble. */
function happensTo(fault: Fault, operation: string): boolean {
  if (fault === "conflict") return operation === "StopPipelineExecution";
  if (fault === "role") return operation === "StartPipelineExecution";
  return (fault !== "garbled" && fault !== "truncated") || !operation.endsWith("Object");
}

/** Returns the faults of the calls. The first outage that is due takes a call. */
export function faultsOf(outages: readonly Outage[], began: number): FaultAt {
  const left = outages.map(({ times }) => times);
  return (operation, now) => {
    const due = outages.findIndex(
      (each, index) =>
        (left[index] ?? 0) > 0 &&
        (each.operation === "*" || each.operation === operation) &&
        happensTo(each.fault, operation) &&
        now - began >= each.from &&
        now - began < each.from + each.length,
    );
    if (due < 0) return undefined;
    left[due] = (left[due] ?? 0) - 1;
    return outages[due]?.fault;
  };
}
