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

  it("rejects another region if Pulumi marks the outputs as secrets", async () => {
    const secret = { ...lastOutputs, region: "eu-west-1" };
    const { error } = await record({ lastOutputs: secret, secretOutputs: ["region"] });
    assert.match(
      error ?? "no error",
      /^stack configuration, region: got eu-central-1, but the stack dev is deployed in/,
    );
  });

  it("does not report a move if AWS does not return the account", async () => {
    const { error } = await record({ lastOutputs, account: "" });
    assert.match(error ?? "no error", /^stack configuration, account: AWS did not say [^\n]*$/);
  });

  describe("without the folder of a pipeline that it deployed", () => {
    const pipelines = { fraud: { modelPackageGroup: "fraud-training-dev", ownsModelPackageGroup: true } };
    const retiredPipelines = { "aws:region": "eu-central-1", "sagemaker-training:retiredPipelines": '["fraud"]' };

    it("is rejected before anything changes, and says how to keep the group", async () => {
      const { error, resources } = await record({ lastOutputs: { ...lastOutputs, pipelines } });
      assert.deepEqual(resources, []);
      assert.equal(
        error,
        "stack configuration, retiredPipelines: the pipeline fraud is gone, but its model package group fraud-training-dev is protected, as it may have registered models; to keep the group outside of the stack, run pulumi config set --path 'retiredPipelines[0]' fraud; or restore pipelines/fraud (docs/retiring.md)",
      );
    });

    it("hands the group over if the pipeline is in retiredPipelines, and then forgets it", async () => {
      const groups = async (last: Readonly<Record<string, unknown>>) => {
        const { error, resources } = await record({ lastOutputs: last, configuration: retiredPipelines });
        assert.equal(error, undefined);
        return resources.filter(({ type }) => type === "aws-native:sagemaker:ModelPackageGroup");
      };
      const options = (of: Awaited<ReturnType<typeof groups>>) =>
        of.map(({ name, inputs, protect, retainOnDelete }) => [
          ...[name, inputs["modelPackageGroupName"], protect, retainOnDelete],
        ]);
      const own = ["crickets", "crickets-training-dev", true, false];
      const retiring = await groups({ ...lastOutputs, pipelines });
      assert.deepEqual(options(retiring).sort(), [own, ["fraud", "fraud-training-dev", false, true]]);
      assert.deepEqual(options(await groups(lastOutputs)), [own]);
    });
  });
});
