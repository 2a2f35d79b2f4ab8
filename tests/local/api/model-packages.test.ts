import assert from "node:assert/strict";
import {
  CreateModelPackageCommand,
  CreateModelPackageGroupCommand,
  DeleteModelPackageCommand,
  DeleteModelPackageGroupCommand,
  DescribeModelPackageCommand,
  ListModelPackagesCommand,
  ListTagsCommand,
  UpdateModelPackageCommand,
} from "@aws-sdk/client-sagemaker";
import { useLocalAws } from "../use-local-aws.ts";

describe("model packages", () => {
  const aws = useLocalAws();
  before(async function () {
    this.timeout(180_000);
    await aws.sagemaker.send(
      new CreateModelPackageGroupCommand({ ModelPackageGroupName: "Models", Tags: [{ Key: "k", Value: "v" }] }),
    );
  });

  const create = async (status?: "Approved" | "PendingManualApproval") => {
    const command = new CreateModelPackageCommand({ ModelPackageGroupName: "Models", ModelApprovalStatus: status });
    return (await aws.sagemaker.send(command)).ModelPackageArn ?? "";
  };

  it("numbers, approves and lists versions, and does not reuse a deleted version's number", async () => {
    const first = await create();
    const second = await create();
    assert.match(second, /^arn:aws:sagemaker:us-east-1:123456789012:model-package\/Models\/2$/);
    await aws.sagemaker.send(
      new UpdateModelPackageCommand({
        ModelPackageArn: first,
        ModelApprovalStatus: "Approved",
        ApprovalDescription: "good",
        CustomerMetadataProperties: { mse: "4.5" },
      }),
    );
    const described = await aws.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: first }));
    assert.equal(described.ApprovalDescription, "good");
    assert.deepEqual(described.CustomerMetadataProperties, { mse: "4.5" });
    assert.ok(described.CreationTime instanceof Date);

    const versions = async (more: object) => {
      const list = await aws.sagemaker.send(new ListModelPackagesCommand({ ModelPackageGroupName: "Models", ...more }));
      return { numbers: list.ModelPackageSummaryList?.map((each) => each.ModelPackageVersion), next: list.NextToken };
    };
    assert.deepEqual(await versions({}), { numbers: [1, 2], next: undefined });
    assert.deepEqual((await versions({ ModelApprovalStatus: "Approved" })).numbers, [1]);
    assert.deepEqual((await versions({ SortOrder: "Descending" })).numbers, [2, 1]);
    const page = await versions({ MaxResults: 1, SortOrder: "Descending" });
    assert.deepEqual(page.numbers, [2]);
    assert.deepEqual((await versions({ MaxResults: 1, SortOrder: "Descending", NextToken: page.next })).numbers, [1]);

    await aws.sagemaker.send(new DeleteModelPackageCommand({ ModelPackageName: second }));
    assert.match(await create(), /Models\/3$/);
  });

  it("deletes a group with its tags only after its packages were deleted", async () => {
    const remove = () => aws.sagemaker.send(new DeleteModelPackageGroupCommand({ ModelPackageGroupName: "Models" }));
    await create();
    await assert.rejects(remove(), { name: "ConflictException" });
    const list = await aws.sagemaker.send(new ListModelPackagesCommand({ ModelPackageGroupName: "Models" }));
    for (const each of list.ModelPackageSummaryList ?? []) {
      await aws.sagemaker.send(new DeleteModelPackageCommand({ ModelPackageName: each.ModelPackageArn }));
    }
    const ResourceArn = "arn:aws:sagemaker:us-east-1:123456789012:model-package-group/Models";
    const tags = () => aws.sagemaker.send(new ListTagsCommand({ ResourceArn }));
    assert.deepEqual((await tags()).Tags, [{ Key: "k", Value: "v" }]);
    await remove();
    await assert.rejects(tags(), {
      name: "ValidationException",
      message: `There is no resource with the ARN ${ResourceArn}.`,
    });
    await assert.rejects(remove(), { name: "ValidationException", message: /does not exist/ });
    await aws.sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: "Models" }));
    assert.deepEqual((await tags()).Tags, []);
  });

  it("creates, approves, lists and deletes a package outside of groups", async () => {
    const name = { ModelPackageName: "Alone" };
    const { ModelPackageArn } = await aws.sagemaker.send(
      new CreateModelPackageCommand({ ...name, Tags: [{ Key: "k", Value: "v" }] }),
    );
    await assert.rejects(aws.sagemaker.send(new CreateModelPackageCommand(name)), {
      name: "ValidationException",
      message: `ModelPackage ${ModelPackageArn} already exists.`,
    });
    const describe = () => aws.sagemaker.send(new DescribeModelPackageCommand(name));
    const created = await describe();
    assert.deepEqual(
      [created.ModelPackageArn, created.ModelPackageName, created.ModelPackageVersion, created.ModelApprovalStatus],
      [ModelPackageArn, "Alone", undefined, undefined],
    );
    await aws.sagemaker.send(new UpdateModelPackageCommand({ ModelPackageArn, ModelApprovalStatus: "Approved" }));
    assert.equal((await describe()).ModelApprovalStatus, "Approved");
    const listed = async (more: object) => {
      const { ModelPackageSummaryList: list } = await aws.sagemaker.send(new ListModelPackagesCommand(more));
      return list?.filter((each) => each.ModelPackageGroupName === undefined).map((each) => each.ModelPackageName);
    };
    assert.deepEqual(await listed({}), ["Alone"]);
    assert.deepEqual(await listed({ ModelPackageType: "Both" }), ["Alone"]);
    assert.deepEqual(await listed({ ModelPackageType: "Versioned" }), []);
    await aws.sagemaker.send(new DeleteModelPackageCommand(name));
    await assert.rejects(describe(), { name: "ValidationException", message: /does not exist/ });
    assert.deepEqual(await listed({}), []);
  });

  it("rejects an unknown approval status and an unknown group", async () => {
    const command = (input: object) => aws.sagemaker.send(new CreateModelPackageCommand(input));
    await assert.rejects(command({ ModelPackageGroupName: "None" }), { name: "ValidationException" });
    await assert.rejects(command({ ModelPackageGroupName: "Models", ModelApprovalStatus: "approved" }), {
      name: "ValidationException",
      message: /Approved, Rejected, PendingManualApproval/,
    });
  });
});
