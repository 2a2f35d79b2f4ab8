import assert from "node:assert/strict";
import fc from "fast-check";
import type { FaultRuleInput } from "../../../local/faults/fault-rule.ts";
import { DeployedStack } from "./deployed-stack.ts";

/** Calls without which there is no verdict. */
const needed = [
  { service: "sagemaker", operation: "ListPipelineExecutions" },
  { service: "sagemaker", operation: "DescribePipeline" },
  { service: "sagemaker", operation: "ListModelPackages" },
  { service: "sagemaker", operation: "StartPipelineExecution" },
  { service: "sagemaker", operation: "DescribePipelineExecution" },
  { service: "sagemaker", operation: "DescribeProcessingJob" },
  { service: "s3", operation: "GetObject" },
];
/** The steps are listed of earlier executions too, where nobody needs them. */
const calls = [...needed, { service: "sagemaker", operation: "ListPipelineExecutionSteps" }];
const when = { skip: fc.integer({ min: 0, max: 2 }), times: fc.integer({ min: 1, max: 3 }) };

/** Faults that end by themselves, and faults that retrying cannot fix. */
const passing = fc.constantFrom(
  ...(["throttling", "internal-error", "unavailable", "lost-response", "disconnect", "reset", "short-body"] as const),
);
const lasting = fc.constantFrom("access-denied" as const, "expired-credentials" as const);

/** Nine tries that fail have to take less than the 40 s for which AWS is asked again, on a machine with other work, too. */
const scale = 25;

const rules = (of: typeof calls, fault: fc.Arbitrary<string>, most: number) =>
  fc.array(
    fc
      .tuple(fc.constantFrom(...of), fc.record({ fault, ...when }))
      .map(([of, rule]) => ({ ...of, ...rule }) as FaultRuleInput),
    { minLength: 1, maxLength: most },
  );

describe("random faults, at real sockets", function () {
  this.timeout(120_000);
  let stack: DeployedStack;
  before(async () => {
    ({ stack } = await DeployedStack.make());
    assert.equal((await stack.check()).code, 0);
  });
  after(() => stack?.close());

  it("do not change the verdict or start a second execution if they end by themselves: 20 schedules", () =>
    fc.assert(
      fc.asyncProperty(rules(calls, passing, 4), async (faults) => {
        const { code, reasons, started } = await stack.check({ faults, scale });
        assert.equal(code, 0, reasons);
        assert.equal(started, 1);
      }),
      { numRuns: 20 },
    ));

  it("end the check with 6 and one line if they last, unless they begin after the verdict: 15 schedules", () =>
    fc.assert(
      fc.asyncProperty(rules(calls, passing, 2), rules(needed, lasting, 1), async (some, last) => {
        const { code, reasons, started, firedInTime } = await stack.check({ faults: [...last, ...some], scale });
        assert.equal(code, (firedInTime[0] ?? 0) > 0 ? 6 : 0, reasons);
        if (code === 6) assert.equal(reasons.split("\n").length, 1);
        assert.ok(started <= 1);
      }),
      { numRuns: 15 },
    ));
});
