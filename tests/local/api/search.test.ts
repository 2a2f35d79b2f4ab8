import assert from "node:assert/strict";
import {
  CreateModelPackageCommand,
  CreateModelPackageGroupCommand,
  type ResourceType,
  SearchCommand,
  type SearchCommandInput,
  type SearchRecord,
  UpdateModelPackageCommand,
} from "@aws-sdk/client-sagemaker";
import { definition } from "../definitions.ts";
import { createPipeline, run } from "../local-aws.ts";
import { useLocalAws } from "../use-local-aws.ts";

describe("Search", () => {
  const aws = useLocalAws({ bucket: false });
  let executions: readonly string[];
  before(async function () {
    this.timeout(180_000);
    const fail = { Name: "Fail", Type: "Fail", Arguments: { ErrorMessage: "no" } };
    const mode = { Name: "Mode", Type: "String", DefaultValue: "a" };
    await createPipeline(aws, "Found", definition([fail], [mode]));
    await createPipeline(aws, "Other", definition([fail]));
    executions = [(await run(aws, "Found", { Mode: "b" })).arn, (await run(aws, "Found")).arn];
    await run(aws, "Other");
    const group = { ModelPackageGroupName: "Group" };
    await aws.sagemaker.send(new CreateModelPackageGroupCommand({ ...group, Tags: [{ Key: "team", Value: "sea" }] }));
    for (const mse of ["3", "1", "2"])
      await aws.sagemaker.send(new CreateModelPackageCommand({ ...group, CustomerMetadataProperties: { mse } }));
    await aws.sagemaker.send(
      new UpdateModelPackageCommand({
        ModelPackageArn: "arn:aws:sagemaker:us-east-1:123456789012:model-package/Group/2",
        ModelApprovalStatus: "Approved",
      }),
    );
  });

  const search = async (Resource: ResourceType, more: Partial<SearchCommandInput> = {}) =>
    aws.sagemaker.send(new SearchCommand({ Resource, ...more }));
  const by = (Name: string, Value: string) => ({ SearchExpression: { Filters: [{ Name, Value }] } });
  const versions = (records: readonly SearchRecord[] = []) =>
    records.map((each) => each.ModelPackage?.ModelPackageVersion);

  it("returns the executions of a pipeline with their parameters", async () => {
    const { Results: pipelines } = await search("Pipeline", by("PipelineName", "Found"));
    const { PipelineArn = "" } = pipelines?.[0]?.Pipeline ?? {};
    assert.equal(pipelines?.length, 1);
    const { Results, TotalHits } = await search("PipelineExecution", {
      ...by("PipelineArn", PipelineArn),
      SortBy: "CreationTime",
      SortOrder: "Ascending",
    });
    assert.deepEqual(
      Results?.map(({ PipelineExecution: each }) => [each?.PipelineExecutionArn, each?.PipelineParameters?.[0]?.Value]),
      [
        [executions[0], "b"],
        [executions[1], "a"],
      ],
    );
    assert.deepEqual(TotalHits, { Value: 2, Relation: "EqualTo" });
  });

  it("sorts model packages by a property, and by their last change unless the request says otherwise", async () => {
    const sorted = await search("ModelPackage", { SortBy: "CustomerMetadataProperties.mse", SortOrder: "Ascending" });
    assert.deepEqual(versions(sorted.Results), [2, 3, 1]);
    assert.equal(versions((await search("ModelPackage")).Results)[0], 2);
    assert.deepEqual(versions((await search("ModelPackage", by("ModelApprovalStatus", "Approved"))).Results), [2]);
  });

  it("returns model packages in pages", async () => {
    const order = { SortBy: "ModelPackageVersion", SortOrder: "Ascending", MaxResults: 2 } as const;
    const first = await search("ModelPackage", order);
    assert.deepEqual(versions(first.Results), [1, 2]);
    const { Results, NextToken } = await search("ModelPackage", { ...order, NextToken: first.NextToken });
    assert.deepEqual([versions(Results), NextToken], [[3], undefined]);
  });

  it("returns groups by their tags, and nothing for resources that do not exist locally", async () => {
    const { Results } = await search("ModelPackageGroup", by("Tags.team", "sea"));
    assert.deepEqual(Results?.[0]?.ModelPackageGroup?.Tags, [{ Key: "team", Value: "sea" }]);
    assert.deepEqual((await search("ModelPackageGroup", by("Tags.team", "land"))).Results, []);
    assert.deepEqual((await search("FeatureGroup")).Results, []);
    await assert.rejects(search("Model"), {
      name: "ValidationException",
      message: /does not work locally: use ListModels/,
    });
  });
});
