import assert from "node:assert/strict";
import type { StackRequest } from "./recorded/record-stack.ts";
import { account, record } from "./recorded/recorded.ts";

const other = "999999999999";
const lastOutputs = { account, region: "eu-central-1", forceDestroy: false, pipelines: {} };

describe("a stack that is deployed", function () {
  this.timeout(60_000);

  it("changes in the same account and region", async () => {
    const { error, resources } = await record({ lastOutputs });
    assert.deepEqual([error, resources.length > 0], [undefined, true]);
  });

  const refused: readonly (readonly [string, Partial<StackRequest>, string])[] = [
    [
      "another region",
      { configuration: { "aws:region": "eu-west-1" } },
      "region: got eu-west-1, but the stack dev is deployed in eu-central-1, and a stack cannot move; set it back (pulumi config set aws:region eu-central-1), or deploy a new stack in eu-west-1: pulumi stack init NAME --copy-config-from dev",
    ],
    [
      "another region from the environment",
      { configuration: {}, environment: { AWS_REGION: "eu-west-1" } },
      "region (environment variable AWS_REGION): got eu-west-1, but the stack dev is deployed in eu-central-1, and a stack cannot move; set it back (pulumi config set aws:region eu-central-1), or deploy a new stack in eu-west-1: pulumi stack init NAME --copy-config-from dev",
    ],
    [
      "another account, if none is configured",
      { account: other },
      `account: got ${other}, but the stack dev is deployed in ${account}, and a stack cannot move; set it back (pulumi config set account ${account}), or deploy a new stack in ${other}: pulumi stack init NAME --copy-config-from dev`,
    ],
  ];
  for (const [what, request, line] of refused)
    it(`rejects, before anything changes, ${what}`, async () => {
      const { error, resources } = await record({ lastOutputs, ...request });
      assert.deepEqual([error, resources], [`stack configuration, ${line}`, []]);
    });

  it("does not report a move if AWS does not return the account", async () => {
    const { error } = await record({ lastOutputs, account: "" });
    assert.match(error ?? "no error", /^stack configuration, account: AWS did not say [^\n]*$/);
  });
});
