import assert from "node:assert/strict";
import * as CloudControl from "@aws-sdk/client-cloudcontrol";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { CreateModelPackageCommand, DescribePipelineCommand } from "@aws-sdk/client-sagemaker";
import { bucket, discard, type LocalAws, makeBucket, startLocalAws } from "../local-aws.ts";
import { callCloudControl } from "./call.ts";

const pipeline = "AWS::SageMaker::Pipeline";
const group = "AWS::SageMaker::ModelPackageGroup";
const groupArn = (name: string) => `arn:aws:sagemaker:us-east-1:123456789012:model-package-group/${name}`;

const definition = (ErrorMessage: string) =>
  JSON.stringify({
    Version: "2020-12-01",
    Metadata: {},
    Parameters: [],
    Steps: [{ Name: "Stop", Type: "Fail", Arguments: { ErrorMessage } }],
  });
const state = (name: string, more: object = {}) => ({
  PipelineName: name,
  PipelineDefinition: { PipelineDefinitionBody: definition("one") },
  RoleArn: "arn:aws:iam::123456789012:role/r",
  ...more,
});

describe("Cloud Control", () => {
  let aws: LocalAws;
  before(async function () {
    this.timeout(180_000);
    aws = await startLocalAws();
    await makeBucket(aws);
  });
  after(() => discard(aws));

  /** Waits for the end of a request, as every client does. */
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

  describe("patches", () => {
    before(() => create(pipeline, state("patched", { PipelineDescription: "d", Tags: [{ Key: "a", Value: "1" }] })));

    const patches: readonly (readonly [string, object[], object])[] = [
      [
        "add a nested value",
        [{ op: "add", path: "/ParallelismConfiguration", value: { MaxParallelExecutionSteps: 2 } }],
        { ParallelismConfiguration: { MaxParallelExecutionSteps: 2 } },
      ],
      [
        "replace a nested value",
        [
          { op: "replace", path: "/ParallelismConfiguration/MaxParallelExecutionSteps", value: 3 },
          { op: "replace", path: "/PipelineDefinition/PipelineDefinitionBody", value: definition("two") },
        ],
        {
          ParallelismConfiguration: { MaxParallelExecutionSteps: 3 },
          PipelineDefinition: { PipelineDefinitionBody: definition("two") },
        },
      ],
      [
        "replace whole values",
        [
          { op: "replace", path: "/PipelineDefinition", value: { PipelineDefinitionBody: definition("three") } },
          { op: "replace", path: "/RoleArn", value: "arn:aws:iam::123456789012:role/other" },
        ],
        {
          PipelineDefinition: { PipelineDefinitionBody: definition("three") },
          RoleArn: "arn:aws:iam::123456789012:role/other",
        },
      ],
      [
        "add to a list",
        [{ op: "add", path: "/Tags/-", value: { Key: "b", Value: "2" } }],
        {
          Tags: [
            { Key: "a", Value: "1" },
            { Key: "b", Value: "2" },
          ],
        },
      ],
      [
        "change and remove an item of a list",
        [
          { op: "replace", path: "/Tags/1/Value", value: "3" },
          { op: "remove", path: "/Tags/0" },
        ],
        { Tags: [{ Key: "b", Value: "3" }] },
      ],
      [
        "remove whole values",
        ["/PipelineDescription", "/ParallelismConfiguration", "/Tags"].map((path) => ({ op: "remove", path })),
        { PipelineDescription: undefined, ParallelismConfiguration: undefined, Tags: [] },
      ],
    ];
    for (const [title, patch, changes] of patches) {
      it(title, async () => {
        const before = await read(pipeline, "patched");
        assert.equal((await update(pipeline, "patched", patch)).OperationStatus, "SUCCESS");
        const after = await read(pipeline, "patched");
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

    it("is read back as its text, the same at every refresh", async () => {
      const { ETag } = await upload(definition("from S3"));
      assert.equal((await create(pipeline, state("on-s3", location({ ETag })))).OperationStatus, "SUCCESS");
      const first = await read(pipeline, "on-s3");
      assert.deepEqual(first.PipelineDefinition, { PipelineDefinitionBody: definition("from S3") });
      assert.deepEqual(await read(pipeline, "on-s3"), first);
      await upload(definition("changed on S3"));
      const patch = [{ op: "replace", path: "/PipelineDefinition", value: location().PipelineDefinition }];
      assert.equal((await update(pipeline, "on-s3", patch)).OperationStatus, "SUCCESS");
      const { PipelineDefinition } = await read(pipeline, "on-s3");
      assert.deepEqual(PipelineDefinition, { PipelineDefinitionBody: definition("changed on S3") });
    });

    for (const [title, more, words] of [
      ["another object than its ETag says", { ETag: '"0"' }, /PreconditionFailed|412|UnknownError/],
      ["an object that is not there", { Key: "none" }, /s3:\/\/test-bucket\/none cannot be read: NoSuchKey$/],
    ] as const)
      it(`fails for ${title}`, async () => {
        const failed = await create(pipeline, state("not-on-s3", location(more)));
        assert.equal(failed.OperationStatus, "FAILED");
        assert.equal(failed.ErrorCode, "InvalidRequest");
        assert.match(failed.StatusMessage ?? "", words);
      });
  });

  describe("failures of the service", () => {
    before(() => create(group, { ModelPackageGroupName: "used" }));

    it("names a resource that exists", async () => {
      const again = await create(group, { ModelPackageGroupName: "used" });
      assert.deepEqual([again.OperationStatus, again.ErrorCode], ["FAILED", "AlreadyExists"]);
      assert.equal(again.Identifier, undefined);
    });

    it("names a resource that is gone, when it is to be deleted", async () => {
      for (const [type, identifier] of [
        [pipeline, "gone"],
        [group, groupArn("gone")],
      ] as const) {
        const gone = await remove(type, identifier);
        assert.deepEqual([gone.ErrorCode, gone.Identifier], ["NotFound", identifier]);
      }
    });

    it("keeps a group that holds packages", async () => {
      await aws.sagemaker.send(new CreateModelPackageCommand({ ModelPackageGroupName: "used" }));
      const kept = await remove(group, groupArn("used"));
      assert.equal(kept.ErrorCode, "ResourceConflict");
      assert.match(kept.StatusMessage ?? "", /still contains model packages/);
    });

    it("refuses a definition that SageMaker would refuse", async () => {
      const desired = state("bad", { PipelineDefinition: { PipelineDefinitionBody: "{}" } });
      assert.equal((await create(pipeline, desired)).ErrorCode, "InvalidRequest");
    });
  });

  it("gives an identifier as JSON and a time the meaning that they have on AWS", async () => {
    const created = await create(group, { ModelPackageGroupName: "by-json" });
    assert.ok(Math.abs(Date.now() - (created.EventTime?.getTime() ?? 0)) < 60_000);
    const properties = await read(group, JSON.stringify({ ModelPackageGroupArn: groupArn("by-json") }));
    assert.equal(properties.ModelPackageGroupName, "by-json");
    assert.equal(properties.ModelPackageGroupStatus, "Completed");
    assert.ok(!Number.isNaN(Date.parse(properties.CreationTime)));
  });

  it("lists resources, a page at a time", async () => {
    for (const name of ["list-c", "list-a", "list-b"]) await create(group, { ModelPackageGroupName: name });
    const pages = CloudControl.paginateListResources({ client: aws.cloudControl, pageSize: 2 }, { TypeName: group });
    const listed: string[] = [];
    for await (const { TypeName, ResourceDescriptions = [] } of pages) {
      assert.equal(TypeName, group);
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
    await create(pipeline, state("listed"));
    const { ResourceDescriptions = [] } = await aws.cloudControl.send(
      new CloudControl.ListResourcesCommand({ TypeName: pipeline, ResourceModel: "{}" }),
    );
    assert.ok(ResourceDescriptions.some(({ Identifier }) => Identifier === "listed"));
  });

  it("lists requests, the newest first, by operation and status", async () => {
    await create(group, { ModelPackageGroupName: "tracked" });
    for (const op of ["add", "replace"]) await update(group, groupArn("tracked"), [{ op, path: "/Tags", value: [] }]);
    await create(group, { ModelPackageGroupName: "tracked" });
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

  it("cannot cancel what has ended", async () => {
    const { RequestToken } = await create(group, { ModelPackageGroupName: "cancelled" });
    const command = new CloudControl.CancelResourceRequestCommand({ RequestToken });
    await assert.rejects(aws.cloudControl.send(command), { name: "ConcurrentModificationException" });
  });

  it("does nothing twice for the same client token, and refuses it for another request", async () => {
    const request = (TypeName: string, name: string) =>
      aws.cloudControl.send(
        new CloudControl.CreateResourceCommand({
          ...{ ClientToken: "same", TypeName },
          DesiredState: JSON.stringify({ ModelPackageGroupName: name }),
        }),
      );
    const [first, second] = [await request(group, "once"), await request(group, "once")];
    assert.deepEqual(second.ProgressEvent, first.ProgressEvent);
    await assert.rejects(request(group, "twice"), { name: "ClientTokenConflictException" });
    const patch = [{ op: "remove", path: "/Tags/0" }];
    await create(group, { ModelPackageGroupName: "tagged", Tags: [{ Key: "a", Value: "1" }] });
    const input = { ClientToken: "t2", TypeName: group, Identifier: groupArn("tagged") };
    const command = { ...input, PatchDocument: JSON.stringify(patch) };
    const updated = await aws.cloudControl.send(new CloudControl.UpdateResourceCommand(command));
    const repeated = await aws.cloudControl.send(new CloudControl.UpdateResourceCommand(command));
    assert.deepEqual(repeated.ProgressEvent, updated.ProgressEvent);
  });

  describe("refuses", () => {
    before(() => create(pipeline, state("refusing")));

    const patching = (patch: unknown, Identifier = "refusing", TypeName = pipeline) => ({
      ...{ TypeName, Identifier },
      PatchDocument: typeof patch === "string" ? patch : JSON.stringify(patch),
    });
    const creating = (desired: object, TypeName = pipeline) => ({ TypeName, DesiredState: JSON.stringify(desired) });
    const { RoleArn: _, ...withoutRole } = state("x");
    const validation = "ValidationException";

    const refusals: readonly (readonly [string, string, object | string, string, RegExp])[] = [
      [
        "a type that is not local",
        "GetResource",
        { TypeName: "AWS::S3::Bucket", Identifier: "b" },
        "TypeNotFoundException",
        /'AWS::S3::Bucket' does not work locally; types that do: AWS::SageMaker::Mod/,
      ],
      [
        "what is no type",
        "GetResource",
        { TypeName: "Pipeline", Identifier: "b" },
        validation,
        /'Pipeline' at 'typeName'/,
      ],
      ["a request without a type", "ListResources", {}, validation, /at 'typeName'.*must not be null/],
      ["an operation that there is not", "ImportResource", {}, "UnsupportedActionException", /ImportResource/],
      ["a body that is no JSON", "GetResource", "{", "SerializationException", /not a JSON object/],
      ["a list as its body", "GetResource", "[]", "SerializationException", /not a JSON object/],
      [
        "an unknown request",
        "GetResourceRequestStatus",
        { RequestToken: "no" },
        "RequestTokenNotFoundException",
        /token no was not found/,
      ],
      [
        "an unknown request to cancel",
        "CancelResourceRequest",
        { RequestToken: "no" },
        "RequestTokenNotFoundException",
        /no/,
      ],
      [
        "a token with blanks",
        "GetResourceRequestStatus",
        { RequestToken: "a b" },
        validation,
        /'a b' at 'requestToken'/,
      ],
      [
        "a client token that is too long",
        "CreateResource",
        { ...creating(state("x")), ClientToken: "a".repeat(129) },
        validation,
        /'clientToken'.*less than or equal to 128/,
      ],
      [
        "a resource that there is not",
        "GetResource",
        { TypeName: pipeline, Identifier: "none" },
        "ResourceNotFoundException",
        /'AWS::SageMaker::Pipeline' with identifier 'none' was not found/,
      ],
      [
        "to update a resource that there is not",
        "UpdateResource",
        patching([{ op: "remove", path: "/Tags" }], "none"),
        "ResourceNotFoundException",
        /'none' was not found/,
      ],
      ["a missing identifier", "GetResource", { TypeName: pipeline }, validation, /at 'identifier'.*must not be null/],
      [
        "a name where the identifier is an ARN",
        "GetResource",
        { TypeName: group, Identifier: "refusing" },
        validation,
        /Identifier refusing is not valid for identifier \[\/properties\/ModelPackageGroupArn\]/,
      ],
      [
        "an identifier as JSON with another property",
        "GetResource",
        { TypeName: pipeline, Identifier: '{"RoleArn":"x"}' },
        validation,
        /not valid for identifier \[\/properties\/PipelineName\]/,
      ],
      [
        "a state that is no JSON",
        "CreateResource",
        { TypeName: pipeline, DesiredState: "{" },
        validation,
        /DesiredState is not JSON/,
      ],
      [
        "a state that is a list",
        "CreateResource",
        { TypeName: pipeline, DesiredState: "[]" },
        validation,
        /must be a JSON object/,
      ],
      [
        "a state that is too long",
        "CreateResource",
        creating(state("x", { PipelineDescription: "x".repeat(262_144) })),
        validation,
        /'desiredState'.*less than or equal to 262144/,
      ],
      [
        "a state without a required property",
        "CreateResource",
        creating(withoutRole),
        validation,
        /^Model validation failed \(#: required key \[RoleArn\] not found\)$/,
      ],
      [
        "a state with properties that there are not",
        "CreateResource",
        creating(state("x", { Name: "x", Tags: [{ Key: "a", Value: "b", C: 1 }] })),
        validation,
        /#: extraneous key \[Name\] is not permitted/,
      ],
      [
        "no definition",
        "CreateResource",
        creating(state("x", { PipelineDefinition: {} })),
        validation,
        /#\/PipelineDefinition: #: 0 subschemas matched instead of one/,
      ],
      [
        "two definitions",
        "CreateResource",
        creating(
          state("x", { PipelineDefinition: { PipelineDefinitionBody: "{}", PipelineDefinitionS3Location: {} } }),
        ),
        validation,
        /#\/PipelineDefinition: /,
      ],
      ["tags that are no list", "CreateResource", creating(state("x", { Tags: { a: "b" } })), validation, /#\/Tags: /],
      [
        "a tag twice",
        "CreateResource",
        creating({ ModelPackageGroupName: "x", Tags: [1, 2].map(() => ({ Key: "a", Value: "b" })) }, group),
        validation,
        /#\/Tags: array items are not unique/,
      ],
      ["a role that is none", "CreateResource", creating(state("x", { RoleArn: "role" })), validation, /#\/RoleArn: /],
      ["a patch that is no JSON", "UpdateResource", patching("["), validation, /PatchDocument is not JSON/],
      ["a patch that is no list", "UpdateResource", patching({}), validation, /must be a list of operations/],
      [
        "an operation that JSON Patch has not",
        "UpdateResource",
        patching([{ op: "merge", path: "/Tags" }]),
        validation,
        /PatchDocument cannot be applied/,
      ],
      [
        "a patch of what is not there",
        "UpdateResource",
        patching([{ op: "replace", path: "/None/0", value: 1 }]),
        validation,
        /PatchDocument cannot be applied/,
      ],
      [
        "a patch of the prototype",
        "UpdateResource",
        patching([{ op: "add", path: "/__proto__/x", value: 1 }]),
        validation,
        /PatchDocument cannot be applied/,
      ],
      [
        "a patch of everything by nothing",
        "UpdateResource",
        patching([{ op: "replace", path: "", value: 1 }]),
        validation,
        /what it leaves is no object/,
      ],
      [
        "a patch that takes a required property",
        "UpdateResource",
        patching([{ op: "remove", path: "/RoleArn" }]),
        validation,
        /required key \[RoleArn\] not found/,
      ],
      [
        "to change a name",
        "UpdateResource",
        patching([{ op: "replace", path: "/PipelineName", value: "other" }]),
        "NotUpdatableException",
        /^Invalid patch update: createOnlyProperties \[\/properties\/PipelineName\] cannot be updated$/,
      ],
      [
        "to change what AWS sets",
        "UpdateResource",
        patching([{ op: "replace", path: "/CreationTime", value: "now" }], groupArn("used"), group),
        validation,
        /readOnlyProperties \[\/properties\/CreationTime\] cannot be updated/,
      ],
      ["pages of no size", "ListResources", { TypeName: pipeline, MaxResults: 0 }, validation, /'maxResults'/],
      ["pages that are too long", "ListResources", { TypeName: pipeline, MaxResults: 101 }, validation, /'maxResults'/],
      [
        "a page of another list",
        "ListResources",
        { TypeName: pipeline, NextToken: "bm9uZQ" },
        validation,
        /pagination token/,
      ],
      [
        "a page's token that is a number",
        "ListResources",
        { TypeName: pipeline, NextToken: 5 },
        "SerializationException",
        /^NUMBER_VALUE cannot be converted to String$/,
      ],
      [
        "a page's size that is a text",
        "ListResources",
        { TypeName: pipeline, MaxResults: "5" },
        "SerializationException",
        /^STRING_VALUE cannot be converted to Integer$/,
      ],
      [
        "a filter that is a text",
        "ListResourceRequests",
        { ResourceRequestStatusFilter: { OperationStatuses: "FAILED" } },
        "SerializationException",
        /^STRING_VALUE cannot be converted to List$/,
      ],
      [
        "a filter of numbers",
        "ListResourceRequests",
        { ResourceRequestStatusFilter: { Operations: [1] } },
        "SerializationException",
        /^NUMBER_VALUE cannot be converted to String$/,
      ],
      [
        "a filter that is a list",
        "ListResourceRequests",
        { ResourceRequestStatusFilter: [] },
        "SerializationException",
        /^START_ARRAY cannot be converted to Structure$/,
      ],
      [
        "a state that is not a text of JSON",
        "CreateResource",
        { TypeName: pipeline, DesiredState: state("x") },
        "SerializationException",
        /^START_OBJECT cannot be converted to String$/,
      ],
      [
        "an identifier that is true",
        "DeleteResource",
        { TypeName: pipeline, Identifier: true },
        "SerializationException",
        /^TRUE_VALUE cannot be converted to String$/,
      ],
      [
        "a type that is null as one that is not there",
        "ListResources",
        { TypeName: null },
        validation,
        /at 'typeName'.*must not be null/,
      ],
      [
        "an operation that is the library's own",
        "UpdateResource",
        patching([{ op: "_get", path: "/RoleArn" }]),
        validation,
        /applied: "_get" is no operation; there are add, copy, move, remove, replace, test$/,
      ],
      [
        "an operation that every object has",
        "UpdateResource",
        patching([{ op: "toString", path: "/RoleArn" }]),
        validation,
        /applied: "toString" is no operation/,
      ],
      ["an operation that is none", "UpdateResource", patching([null]), validation, /applied: nothing is no operation/],
      [
        "to move a list into itself",
        "UpdateResource",
        patching([{ op: "move", from: "/Tags", path: "/Tags/0" }]),
        validation,
        /applied: "\/Tags" cannot be moved into itself, to "\/Tags\/0"$/,
      ],
      [
        "more operations than there is anything to change",
        "UpdateResource",
        patching(Array.from({ length: 201 }, () => ({ op: "test", path: "/PipelineName", value: "refusing" }))),
        validation,
        /applied: it has 201 operations; 200 are the most/,
      ],
      [
        "a few copies that make a list longer than memory",
        "UpdateResource",
        patching([
          { op: "add", path: "/Tags", value: [{ Key: "a", Value: "1" }] },
          ...Array.from({ length: 40 }, () => ({ op: "copy", from: "/Tags", path: "/Tags/-" })),
        ]),
        validation,
        /applied: it makes the resource longer than \d+ characters/,
      ],
      [
        "a value of more depth than can be walked",
        "UpdateResource",
        patching(`[{"op":"add","path":"/Tags","value":${"[".repeat(100_000)}${"]".repeat(100_000)}}]`),
        validation,
        /applied: Maximum call stack size exceeded$/,
      ],
      [
        "a resource model that is no JSON",
        "ListResources",
        { TypeName: pipeline, ResourceModel: "{" },
        validation,
        /ResourceModel is not JSON/,
      ],
    ];
    for (const [title, operation, input, type, words] of refusals)
      it(title, async () => {
        const { status, body } = await callCloudControl(aws.url, operation, input);
        assert.equal(body["__type"], type, String(body["message"]));
        assert.match(String(body["message"]), words);
        assert.equal(status, 400);
      });

    it("a signature for what is no region", async () => {
      for (const region of ["---", "us", "us-east-"]) {
        const { status, body } = await callCloudControl(aws.url, "ListResources", { TypeName: group }, { region });
        const message = `Credential should be scoped to a valid region, not '${region}'.`;
        assert.deepEqual([status, body], [400, { __type: "InvalidSignatureException", message }]);
      }
    });

    it("a target without an operation", async () => {
      for (const [target, type] of [
        ["CloudApiService", "UnsupportedActionException"],
        ["CloudApiService.", "UnsupportedActionException"],
        ["SageMaker", "UnknownOperationException"],
      ] as const) {
        const { status, body } = await callCloudControl(aws.url, "", {}, { target });
        assert.deepEqual([status, body["__type"]], [400, type]);
      }
    });

    it("a body that is too long for any service", async () => {
      const { status, body } = await callCloudControl(aws.url, "CreateResource", "x".repeat(16 * 1024 * 1024 + 1));
      assert.equal(status, 413);
      assert.equal(body["__type"], "RequestEntityTooLargeException");
    });
  });
});
