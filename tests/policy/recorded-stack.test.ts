import assert from "node:assert/strict";
import type { Resource } from "../../policy/rules/rule.ts";
import { account, everything, region } from "../infra/recorded/recorded.ts";
import { judge } from "./judge.ts";
import { changed } from "./mistakes/mistake.ts";
import { mistakes } from "./mistakes.ts";
import { asPackSees, recordedStack } from "./recorded-stack.ts";

/** What the rules refuse, as text to compare. */
function refused(stack: readonly Resource[]): readonly string[] {
  return judge(stack, { account }).map(({ rule, resource, message }) => `${rule}: ${resource.urn}: ${message}`);
}

describe("the policy pack on the stack", function () {
  this.timeout(60_000);

  const own = (name: string) => `sagemaker-training:${name}`;
  const stacks: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ["nothing configured", region],
    ["everything configured", everything],
    ["everything configured, that may be lost", { ...everything, [own("forceDestroy")]: "true" }],
    [
      "a bucket and a role that are there already",
      {
        ...region,
        [own("artifactBucket")]: "existing",
        [own("sagemakerPipelineRoleArn")]: `arn:aws:iam::${account}:role/existing`,
      },
    ],
  ];
  for (const [what, configuration] of stacks)
    it(`refuses nothing of one with ${what}`, async () => {
      assert.deepEqual(refused(asPackSees(await recordedStack(configuration))), []);
    });

  describe("with everything configured", () => {
    let stack: readonly Resource[];

    before(async () => {
      stack = asPackSees(await recordedStack(everything));
    });

    for (const { rule, what, change, says } of mistakes)
      it(`refuses ${what}, by ${rule}`, () => {
        const judged = judge(changed(stack, change) ?? [], { account });
        assert.deepEqual([...new Set(judged.map(({ rule }) => rule))], [rule]);
        assert.ok(judged.some(({ message }) => says.test(message)));
      });
  });
});
