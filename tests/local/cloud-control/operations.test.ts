import assert from "node:assert/strict";
import * as CloudControl from "@aws-sdk/client-cloudcontrol";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { CreateModelPackageCommand, DescribePipelineCommand } from "@aws-sdk/client-sagemaker";
import { bucket } from "../local-aws.ts";
import { useLocalAws } from "../use-local-aws.ts";
import { failDefinition, groupArn, groupTypeName, pipelineTypeName, state } from "./resources.ts";

describe("Cloud Control", () => {
  const aws = useLocalAws();

  /** Returns the result of a request, as every client asks for it. */
  async function end({ ProgressEvent: event }: { ProgressEvent?: CloudControl.ProgressEvent | undefined }) {
    assert.equal(event?.OperationStatus, "IN_PROGRESS");
    const command = new CloudControl.GetResourceRequestStatusCommand({ RequestToken: event?.RequestToken });
    return (await aws.cloudControl.send(command)).ProgressEvent ?? {};
  }
  const create = async (TypeName: string, desired: object) =>
    end(
      await aws.cloudControl.send(
        new CloudControl.CreateResourceCommand({ TypeName, DesiredState: JSON.stringify(desired) }),
      ),
    );
  const update = async (TypeName: string, Identifier: string, patch: unknown) =>
    end(
      await aws.cloudControl.send(
        new CloudControl.UpdateResourceCommand({ TypeName, Identifier, PatchDocument: JSON.stringify(patch) }),
      ),
    );
  const remove = async (TypeName: string, Identifier: string) =>
    end(await aws.cloudControl.send(new CloudControl.DeleteResourceCommand({ TypeName, Identifier })));
  const read = async (TypeName: string, Identifier: string) => {
    const answer = await aws.cloudControl.send(new CloudControl.GetResourceCommand({ TypeName, Identifier }));
    return JSON.parse(answer.ResourceDescription?.Properties ?? "");
  };

  describe("UpdateResource", () => {
    before(() =>
      create(pipelineTypeName, state("patched", { PipelineDescription: "d", Tags: [{ Key: "a", Value: "1" }] })),
    );

    const patches: readonly (readonly [string, object[], object])[] = [
      [
        "adds a nested value",
        [{ op: "add", path: "/ParallelismConfiguration", value: { MaxParallelExecutionSteps: 2 } }],
        { ParallelismConfiguration: { MaxParallelExecutionSteps: 2 } },
      ],
      [
        "replaces a nested value",
        [
          { op: "replace", path: "/ParallelismConfiguration/MaxParallelExecutionSteps", value: 3 },
          { op: "replace", path: "/PipelineDefinition/PipelineDefinitionBody", value: failDefinition("two") },
        ],
        {
          ParallelismConfiguration: { MaxParallelExecutionSteps: 3 },
          PipelineDefinition: { PipelineDefinitionBody: failDefinition("two") },
        },
      ],
      [
        "replaces whole values",
        [
          { op: "replace", path: "/PipelineDefinition", value: { PipelineDefinitionBody: failDefinition("three") } },
          { op: "replace", path: "/RoleArn", value: "arn:aws:iam::123456789012:role/other" },
        ],
        {
          PipelineDefinition: { PipelineDefinitionBody: failDefinition("three") },
          RoleArn: "arn:aws:iam::123456789012:role/other",
        },
      ],
      [
        "appends to a list",
        [{ op: "add", path: "/Tags/-", value: { Key: "b", Value: "2" } }],
        {
          Tags: [
            { Key: "a", Value: "1" },
            { Key: "b", Value: "2" },
          ],
        },
      ],
      [
        "changes and removes items of a list",
        [
          { op: "replace", path: "/Tags/1/Value", value: "3" },
          { op: "remove", path: "/Tags/0" },
        ],
        { Tags: [{ Key: "b", Value: "3" }] },
      ],
      [
        "removes whole values",
        ["/PipelineDescription", "/ParallelismConfiguration", "/Tags"].map((path) => ({ op: "remove", path })),
        { PipelineDescription: undefined, ParallelismConfiguration: undefined, Tags: [] },
      ],
    ];
    for (const [title, patch, changes] of patches) {
      it(title, async () => {
        const before = await read(pipelineTypeName, "patched");
        assert.equal((await update(pipelineTypeName, "patched", patch)).OperationStatus, "SUCCESS");
        const after = await read(pipelineTypeName, "patched");
        assert.deepEqual(after, JSON.parse(JSON.stringify({ ...before, ...changes })));
        const described = await aws.sagemaker.send(new DescribePipelineCommand({ PipelineName: "patched" }));
        assert.equal(described.PipelineDescription, after.PipelineDescription);
        assert.equal(described.PipelineDefinition, after.PipelineDefinition.PipelineDefinitionBody);
      });
    }
  });

  describe("a definition on S3", () => {
    const location = (more: object = {}) => ({
      PipelineDefinition: { PipelineDefinitionS3Location: { Bucket: bucket, Key: "d.json", ...more } },
    });
    const upload = async (Body: string) => aws.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "d.json", Body }));

    it("is returned by GetResource as its text", async () => {
      const { ETag } = await upload(failDefinition("from S3"));
      assert.equal((await create(pipelineTypeName, state("on-s3", location({ ETag })))).OperationStatus, "SUCCESS");
      const first = await read(pipelineTypeName, "on-s3");
      assert.deepEqual(first.PipelineDefinition, { PipelineDefinitionBody: failDefinition("from S3") });
      assert.deepEqual(await read(pipelineTypeName, "on-s3"), first);
      await upload(failDefinition("changed on S3"));
      const patch = [{ op: "replace", path: "/PipelineDefinition", value: location().PipelineDefinition }];
      assert.equal((await update(pipelineTypeName, "on-s3", patch)).OperationStatus, "SUCCESS");
      const { PipelineDefinition } = await read(pipelineTypeName, "on-s3");
      assert.deepEqual(PipelineDefinition, { PipelineDefinitionBody: failDefinition("changed on S3") });
    });

    for (const [title, more, words] of [
      ["an object with another ETag", { ETag: '"0"' }, /PreconditionFailed|412|UnknownError/],
      ["a missing object", { Key: "none" }, /s3:\/\/test-bucket\/none cannot be read: NoSuchKey$/],
    ] as const)
      it(`makes CreateResource fail for ${title}`, async () => {
        const failed = await create(pipelineTypeName, state("not-on-s3", location(more)));
        assert.equal(failed.OperationStatus, "FAILED");
        assert.equal(failed.ErrorCode, "InvalidRequest");
        assert.match(failed.StatusMessage ?? "", words);
      });
  });

  describe("an error of SageMaker", () => {
    before(() => create(groupTypeName, { ModelPackageGroupName: "used" }));

    it("makes the creation of an existing resource fail with AlreadyExists", async () => {
      const again = await create(groupTypeName, { ModelPackageGroupName: "used" });
      assert.deepEqual([again.OperationStatus, again.ErrorCode], ["FAILED", "AlreadyExists"]);
      assert.equal(again.Identifier, undefined);
    });

    it("makes the deletion of a missing resource fail with NotFound", async () => {
      for (const [type, identifier] of [
        [pipelineTypeName, "gone"],
        [groupTypeName, groupArn("gone")],
      ] as const) {
        const gone = await remove(type, identifier);
        assert.deepEqual([gone.ErrorCode, gone.Identifier], ["NotFound", identifier]);
      }
    });

    it("makes the deletion of a group with packages fail with ResourceConflict", async () => {
      await aws.sagemaker.send(new CreateModelPackageCommand({ ModelPackageGroupName: "used" }));
      const kept = await remove(groupTypeName, groupArn("used"));
      assert.equal(kept.ErrorCode, "ResourceConflict");
      assert.match(kept.StatusMessage ?? "", /still contains model packages/);
    });

    it("makes the creation of a pipeline with an invalid definition fail with InvalidRequest", async () => {
      const desired = state("bad", { PipelineDefinition: { PipelineDefinitionBody: "{}" } });
      assert.equal((await create(pipelineTypeName, desired)).ErrorCode, "InvalidRequest");
    });
  });

  it("accepts an identifier as JSON and returns times as dates", async () => {
    const created = await create(groupTypeName, { ModelPackageGroupName: "by-json" });
    assert.ok(Math.abs(Date.now() - (created.EventTime?.getTime() ?? 0)) < 60_000);
    const properties = await read(groupTypeName, JSON.stringify({ ModelPackageGroupArn: groupArn("by-json") }));
    assert.equal(properties.ModelPackageGroupName, "by-json");
    assert.equal(properties.ModelPackageGroupStatus, "Completed");
    assert.ok(!Number.isNaN(Date.parse(properties.CreationTime)));
  });

  it("lists resources in sorted pages", async () => {
    for (const name of ["list-c", "list-a", "list-b"]) await create(groupTypeName, { ModelPackageGroupName: name });
    const pages = CloudControl.paginateListResources(
      { client: aws.cloudControl, pageSize: 2 },
      { TypeName: groupTypeName },
    );
    const listed: string[] = [];
    for await (const { TypeName, ResourceDescriptions = [] } of pages) {
      assert.equal(TypeName, groupTypeName);
      assert.ok(ResourceDescriptions.length <= 2);
      for (const { Identifier = "", Properties = "" } of ResourceDescriptions) {
        assert.equal(JSON.parse(Properties).ModelPackageGroupArn, Identifier);
        listed.push(Identifier);
      }
    }
    assert.deepEqual(listed, [...listed].sort());
    assert.deepEqual(
      listed.filter((arn) => arn.includes("/list-")),
      ["list-a", "list-b", "list-c"].map(groupArn),
    );
    await create(pipelineTypeName, state("listed"));
    const { ResourceDescriptions = [] } = await aws.cloudControl.send(
      new CloudControl.ListResourcesCommand({ TypeName: pipelineTypeName, ResourceModel: "{}" }),
    );
    assert.ok(ResourceDescriptions.some(({ Identifier }) => Identifier === "listed"));
  });

  it("lists requests by operation and status, the newest first", async () => {
    await create(groupTypeName, { ModelPackageGroupName: "tracked" });
    for (const op of ["add", "replace"])
      await update(groupTypeName, groupArn("tracked"), [{ op, path: "/Tags", value: [] }]);
    await create(groupTypeName, { ModelPackageGroupName: "tracked" });
    const newest = async (filter: CloudControl.ResourceRequestStatusFilter) => {
      const command = new CloudControl.ListResourceRequestsCommand({
        MaxResults: 1,
        ResourceRequestStatusFilter: filter,
      });
      const { ResourceRequestStatusSummaries: [first] = [], NextToken } = await aws.cloudControl.send(command);
      assert.notEqual(NextToken, undefined);
      return [first?.Operation, first?.OperationStatus];
    };
    assert.deepEqual(await newest({}), ["CREATE", "FAILED"]);
    assert.deepEqual(await newest({ Operations: ["CREATE"], OperationStatuses: ["SUCCESS"] }), ["CREATE", "SUCCESS"]);
    assert.deepEqual(await newest({ Operations: ["UPDATE"] }), ["UPDATE", "SUCCESS"]);
  });

  it("rejects the cancellation of a request that has ended", async () => {
    const { RequestToken } = await create(groupTypeName, { ModelPackageGroupName: "cancelled" });
    const command = new CloudControl.CancelResourceRequestCommand({ RequestToken });
    await assert.rejects(aws.cloudControl.send(command), { name: "ConcurrentModificationException" });
  });

  it("repeats the first answer for a repeated client token, and rejects the token with another request", async () => {
    const request = (TypeName: string, name: string) =>
      aws.cloudControl.send(
        new CloudControl.CreateResourceCommand({
          ...{ ClientToken: "same", TypeName },
          DesiredState: JSON.stringify({ ModelPackageGroupName: name }),
        }),
      );
    const [first, second] = [await request(groupTypeName, "once"), await request(groupTypeName, "once")];
    assert.deepEqual(second.ProgressEvent, first.ProgressEvent);
    await assert.rejects(request(groupTypeName, "twice"), { name: "ClientTokenConflictException" });
    const patch = [{ op: "remove", path: "/Tags/0" }];
    await create(groupTypeName, { ModelPackageGroupName: "tagged", Tags: [{ Key: "a", Value: "1" }] });
    const input = { ClientToken: "t2", TypeName: groupTypeName, Identifier: groupArn("tagged") };
    const command = { ...input, PatchDocument: JSON.stringify(patch) };
    const updated = await aws.cloudControl.send(new CloudControl.UpdateResourceCommand(command));
    const repeated = await aws.cloudControl.send(new CloudControl.UpdateResourceCommand(command));
    assert.deepEqual(repeated.ProgressEvent, updated.ProgressEvent);
  });
});
