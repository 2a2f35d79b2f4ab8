import assert from "node:assert/strict";
import { CreateResourceCommand } from "@aws-sdk/client-cloudcontrol";
import { discard, type LocalAws, startLocalAws } from "../local-aws.ts";
import { callCloudControl } from "./call.ts";
import { group, groupArn, pipeline, state } from "./resources.ts";

describe("Cloud Control refuses", () => {
  let aws: LocalAws;
  before(async function () {
    this.timeout(180_000);
    aws = await startLocalAws();
    const there = [
      [pipeline, state("refusing")],
      [group, { ModelPackageGroupName: "used" }],
    ] as const;
    for (const [TypeName, desired] of there)
      await aws.cloudControl.send(new CreateResourceCommand({ TypeName, DesiredState: JSON.stringify(desired) }));
  });
  after(() => discard(aws));

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
    ["a token with blanks", "GetResourceRequestStatus", { RequestToken: "a b" }, validation, /'a b' at 'requestToken'/],
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
      creating(state("x", { PipelineDefinition: { PipelineDefinitionBody: "{}", PipelineDefinitionS3Location: {} } })),
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
