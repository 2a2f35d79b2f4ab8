import assert from "node:assert/strict";
import fc from "fast-check";
import type { FaultRuleInput } from "../../../local/faults/fault-rule.ts";
import { DeployedStack } from "./deployed-stack.ts";

const call = fc.constantFrom(
  { service: "sagemaker", operation: "StartPipelineExecution" },
  { service: "sagemaker", operation: "DescribePipelineExecution" },
  { service: "sagemaker", operation: "ListPipelineExecutionSteps" },
  { service: "sagemaker", operation: "ListModelPackages" },
  { service: "sagemaker", operation: "DescribeProcessingJob" },
  { service: "s3", operation: "GetObject" },
);
const when = { skip: fc.integer({ min: 0, max: 2 }), times: fc.integer({ min: 1, max: 3 }) };

/** What passes, and what no patience mends. */
const passing = fc.constantFrom(
  ...(["throttling", "internal-error", "unavailable", "lost-response", "disconnect", "reset", "short-body"] as const),
);
const lasting = fc.constantFrom("access-denied" as const, "expired-credentials" as const);

const rules = (fault: fc.Arbitrary<"throttling" | "access-denied" | string>, most: number) =>
  fc.array(
    fc.tuple(call, fc.record({ fault, ...when })).map(([of, rule]) => ({ ...of, ...rule }) as FaultRuleInput),
    { minLength: 1, maxLength: most },
  );

describe("random faults, at real sockets", function () {
  this.timeout(120_000);
  let stack: DeployedStack;
  before(async () => {
    stack = await DeployedStack.make();
    for (let run = 0; run < 2; run++) assert.equal((await stack.check()).code, 0);
  });
  after(() => stack?.close());

  it("that pass leave the check its verdict and one execution: 30 schedules", () =>
    fc.assert(
      fc.asyncProperty(rules(passing, 4), async (faults) => {
        const { code, reasons, started } = await stack.check({ faults });
        assert.equal(code, 0, reasons);
        assert.equal(started, 1);
      }),
      { numRuns: 30 },
    ));

  it("that last end it with 6 in one line, or come too late to matter: 20 schedules", () =>
    fc.assert(
      fc.asyncProperty(rules(passing, 2), rules(lasting, 1), async (some, last) => {
        const { code, reasons, started, fired } = await stack.check({ faults: [...last, ...some] });
        assert.equal(code, (fired[0] ?? 0) > 0 ? 6 : 0, reasons);
        if (code === 6) assert.equal(reasons.split("\n").length, 1);
        assert.ok(started <= 1);
      }),
      { numRuns: 20 },
    ));
});
