import assert from "node:assert/strict";
import type { Resource } from "../../policy/rules/rule.ts";
import { account, everything, region } from "../infra/recorded/recorded.ts";
import { changed } from "./mistakes/mistake.ts";
import { mistakes } from "./mistakes.ts";
import { asPackSees, recordedStack } from "./recorded-stack.ts";
import { violationsOf } from "./violations-of.ts";

/** Returns the violations as texts. */
function refused(stack: readonly Resource[]): readonly string[] {
  return violationsOf(stack, { account }).map(({ rule, resource, message }) => `${rule}: ${resource.urn}: ${message}`);
}

describe("the policy pack on the stack of index.ts", function () {
  this.timeout(60_000);

  const own = (name: string) => `sagemaker-training:${name}`;
  const stacks: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ["nothing configured", region],
    ["everything configured", everything],
    ["everything and forceDestroy configured", { ...everything, [own("forceDestroy")]: "true" }],
    [
      "an existing bucket and role",
      {
        ...region,
        [own("artifactBucket")]: "existing",
        [own("sagemakerPipelineRoleArn")]: `arn:aws:iam::${account}:role/existing`,
      },
    ],
  ];
  for (const [what, configuration] of stacks)
    it(`accepts a stack with ${what}`, async () => {
      assert.deepEqual(refused(asPackSees(await recordedStack(configuration))), []);
    });

  describe("with everything configured", () => {
    let stack: readonly Resource[];

    before(async () => {
      stack = asPackSees(await recordedStack(everything));
    });

    for (const { rule, what, change, says } of mistakes)
      it(`rejects ${what} (${rule})`, () => {
        const violations = violationsOf(changed(stack, change) ?? [], { account });
        assert.deepEqual([...new Set(violations.map(({ rule }) => rule))], [rule]);
        assert.ok(violations.some(({ message }) => says.test(message)));
      });
  });
});
