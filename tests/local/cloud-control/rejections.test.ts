import assert from "node:assert/strict";
import { CreateResourceCommand } from "@aws-sdk/client-cloudcontrol";
import { useLocalAws } from "../use-local-aws.ts";
import { callCloudControl } from "./call.ts";
import { groupArn, groupTypeName, pipelineTypeName, state } from "./resources.ts";

describe("Cloud Control rejects", () => {
  const aws = useLocalAws();
  before(async function () {
    this.timeout(180_000);
    const existing = [
      [pipelineTypeName, state("existing")],
      [groupTypeName, { ModelPackageGroupName: "used" }],
    ] as const;
    for (const [TypeName, desired] of existing)
      await aws.cloudControl.send(new CreateResourceCommand({ TypeName, DesiredState: JSON.stringify(desired) }));
  });

  const patching = (patch: unknown, Identifier = "existing", TypeName = pipelineTypeName) => ({
    ...{ TypeName, Identifier },
    PatchDocument: typeof patch === "string" ? patch : JSON.stringify(patch),
  });
  const creating = (desired: object, TypeName = pipelineTypeName) => ({
    TypeName,
    DesiredState: JSON.stringify(desired),
  });
  const { RoleArn: _, ...withoutRole } = state("x");

  /** For each operation: a title, the request, the error's message, and its type if it is not ValidationException. */
  const rejections: { readonly [operation: string]: readonly (readonly [string, object | string, RegExp, string?])[] } =
    {
      GetResource: [
        [
          "a type that does not work locally",
          { TypeName: "AWS::S3::Bucket", Identifier: "b" },
          /'AWS::S3::Bucket' does not work locally; types that do: AWS::SageMaker::Mod/,
          "TypeNotFoundException",
        ],
        ["a malformed name of a type", { TypeName: "Pipeline", Identifier: "b" }, /'Pipeline' at 'typeName'/],
        ["a body that is not JSON", "{", /not a JSON object/, "SerializationException"],
        ["a list as body", "[]", /not a JSON object/, "SerializationException"],
        [
          "a missing resource",
          { TypeName: pipelineTypeName, Identifier: "none" },
          /'AWS::SageMaker::Pipeline' with identifier 'none' was not found/,
          "ResourceNotFoundException",
        ],
        ["a missing identifier", { TypeName: pipelineTypeName }, /at 'identifier'.*must not be null/],
        [
          "a name as the identifier of a type that is identified by its ARN",
          { TypeName: groupTypeName, Identifier: "existing" },
          /Identifier existing is not valid for identifier \[\/properties\/ModelPackageGroupArn\]/,
        ],
        [
          "an identifier as JSON with another property",
          { TypeName: pipelineTypeName, Identifier: '{"RoleArn":"x"}' },
          /not valid for identifier \[\/properties\/PipelineName\]/,
        ],
      ],
      ListResources: [
        ["a request without a type", {}, /at 'typeName'.*must not be null/],
        ["pages of size 0", { TypeName: pipelineTypeName, MaxResults: 0 }, /'maxResults'/],
        ["pages of size 101", { TypeName: pipelineTypeName, MaxResults: 101 }, /'maxResults'/],
        ["a page token of another list", { TypeName: pipelineTypeName, NextToken: "bm9uZQ" }, /pagination token/],
        [
          "a page token that is a number",
          { TypeName: pipelineTypeName, NextToken: 5 },
          /^NUMBER_VALUE cannot be converted to String$/,
          "SerializationException",
        ],
        [
          "a page size that is a string",
          { TypeName: pipelineTypeName, MaxResults: "5" },
          /^STRING_VALUE cannot be converted to Integer$/,
          "SerializationException",
        ],
        ["a null instead of the type", { TypeName: null }, /at 'typeName'.*must not be null/],
        [
          "a resource model that is not JSON",
          { TypeName: pipelineTypeName, ResourceModel: "{" },
          /ResourceModel is not JSON/,
        ],
      ],
      ImportResource: [["an unknown operation", {}, /ImportResource/, "UnsupportedActionException"]],
      GetResourceRequestStatus: [
        ["an unknown request", { RequestToken: "no" }, /token no was not found/, "RequestTokenNotFoundException"],
        ["a token with blanks", { RequestToken: "a b" }, /'a b' at 'requestToken'/],
      ],
      CancelResourceRequest: [
        ["an unknown request to cancel", { RequestToken: "no" }, /no/, "RequestTokenNotFoundException"],
      ],
      CreateResource: [
        [
          "a client token that is too long",
          { ...creating(state("x")), ClientToken: "a".repeat(129) },
          /'clientToken'.*less than or equal to 128/,
        ],
        ["a state that is not JSON", { TypeName: pipelineTypeName, DesiredState: "{" }, /DesiredState is not JSON/],
        ["a state that is a list", { TypeName: pipelineTypeName, DesiredState: "[]" }, /must be a JSON object/],
        [
          "a state that is too long",
          creating(state("x", { PipelineDescription: "x".repeat(262_144) })),
          /'desiredState'.*less than or equal to 262144/,
        ],
        [
          "a state without a required property",
          creating(withoutRole),
          /^Model validation failed \(#: required key \[RoleArn\] not found\)$/,
        ],
        [
          "a state with unknown properties",
          creating(state("x", { Name: "x", Tags: [{ Key: "a", Value: "b", C: 1 }] })),
          /#: extraneous key \[Name\] is not permitted/,
        ],
        [
          "an empty definition",
          creating(state("x", { PipelineDefinition: {} })),
          /#\/PipelineDefinition: #: 0 subschemas matched instead of one/,
        ],
        [
          "two definitions",
          creating(
            state("x", { PipelineDefinition: { PipelineDefinitionBody: "{}", PipelineDefinitionS3Location: {} } }),
          ),
          /#\/PipelineDefinition: /,
        ],
        ["tags that are not a list", creating(state("x", { Tags: { a: "b" } })), /#\/Tags: /],
        [
          "two tags with the same key",
          creating({ ModelPackageGroupName: "x", Tags: [1, 2].map(() => ({ Key: "a", Value: "b" })) }, groupTypeName),
          /#\/Tags: array items are not unique/,
        ],
        ["a malformed role ARN", creating(state("x", { RoleArn: "role" })), /#\/RoleArn: /],
        [
          "a state that is an object",
          { TypeName: pipelineTypeName, DesiredState: state("x") },
          /^START_OBJECT cannot be converted to String$/,
          "SerializationException",
        ],
      ],
      UpdateResource: [
        [
          "an update of a missing resource",
          patching([{ op: "remove", path: "/Tags" }], "none"),
          /'none' was not found/,
          "ResourceNotFoundException",
        ],
        ["a patch that is not JSON", patching("["), /PatchDocument is not JSON/],
        ["a patch that is not a list", patching({}), /must be a list of operations/],
        ["an unknown patch operation", patching([{ op: "merge", path: "/Tags" }]), /PatchDocument cannot be applied/],
        [
          "a patch of a missing property",
          patching([{ op: "replace", path: "/None/0", value: 1 }]),
          /PatchDocument cannot be applied/,
        ],
        [
          "a patch of __proto__",
          patching([{ op: "add", path: "/__proto__/x", value: 1 }]),
          /PatchDocument cannot be applied/,
        ],
        [
          "a patch that replaces the whole resource by a number",
          patching([{ op: "replace", path: "", value: 1 }]),
          /its result is not a JSON object/,
        ],
        [
          "a patch that removes a required property",
          patching([{ op: "remove", path: "/RoleArn" }]),
          /required key \[RoleArn\] not found/,
        ],
        [
          "a patch of the name, which needs a replacement",
          patching([{ op: "replace", path: "/PipelineName", value: "other" }]),
          /^Invalid patch update: createOnlyProperties \[\/properties\/PipelineName\] cannot be updated$/,
          "NotUpdatableException",
        ],
        [
          "a patch of a read-only property",
          patching([{ op: "replace", path: "/CreationTime", value: "now" }], groupArn("used"), groupTypeName),
          /readOnlyProperties \[\/properties\/CreationTime\] cannot be updated/,
        ],
        [
          "a private operation of the patch library",
          patching([{ op: "_get", path: "/RoleArn" }]),
          /applied: "_get" is not an operation; the operations are add, copy, move, remove, replace, test$/,
        ],
        [
          "a patch operation with the name of an object's method",
          patching([{ op: "toString", path: "/RoleArn" }]),
          /applied: "toString" is not an operation/,
        ],
        ["a patch operation that is null", patching([null]), /applied: nothing is not an operation/],
        [
          "a list that is moved into itself",
          patching([{ op: "move", from: "/Tags", path: "/Tags/0" }]),
          /applied: "\/Tags" cannot be moved into itself, to "\/Tags\/0"$/,
        ],
        [
          "more than 200 patch operations",
          patching(Array.from({ length: 201 }, () => ({ op: "test", path: "/PipelineName", value: "existing" }))),
          /applied: it has 201 operations, and at most 200/,
        ],
        [
          "a patch whose copies double a list forty times",
          patching([
            { op: "add", path: "/Tags", value: [{ Key: "a", Value: "1" }] },
            ...Array.from({ length: 40 }, () => ({ op: "copy", from: "/Tags", path: "/Tags/-" })),
          ]),
          /applied: it makes the resource longer than \d+ characters/,
        ],
        [
          "a value that is nested too deep",
          patching(`[{"op":"add","path":"/Tags","value":${"[".repeat(100_000)}${"]".repeat(100_000)}}]`),
          /applied: Maximum call stack size exceeded$/,
        ],
      ],
      ListResourceRequests: [
        [
          "a filter that is a string",
          { ResourceRequestStatusFilter: { OperationStatuses: "FAILED" } },
          /^STRING_VALUE cannot be converted to List$/,
          "SerializationException",
        ],
        [
          "a filter of numbers",
          { ResourceRequestStatusFilter: { Operations: [1] } },
          /^NUMBER_VALUE cannot be converted to String$/,
          "SerializationException",
        ],
        [
          "a filter that is a list",
          { ResourceRequestStatusFilter: [] },
          /^START_ARRAY cannot be converted to Structure$/,
          "SerializationException",
        ],
      ],
      DeleteResource: [
        [
          "an identifier that is a boolean",
          { TypeName: pipelineTypeName, Identifier: true },
          /^TRUE_VALUE cannot be converted to String$/,
          "SerializationException",
        ],
      ],
    };
  for (const [operation, rows] of Object.entries(rejections))
    for (const [title, input, words, type = "ValidationException"] of rows)
      it(`${title} (${operation})`, async () => {
        const { status, body } = await callCloudControl(aws.url, operation, input);
        assert.equal(body["__type"], type, String(body["message"]));
        assert.match(String(body["message"]), words);
        assert.equal(status, 400);
      });

  it("a signature with an invalid region", async () => {
    for (const region of ["---", "us", "us-east-"]) {
      const { status, body } = await callCloudControl(
        aws.url,
        "ListResources",
        { TypeName: groupTypeName },
        { region },
      );
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

  it("a body of more than 16 MB", async () => {
    const { status, body } = await callCloudControl(aws.url, "CreateResource", "x".repeat(16 * 1024 * 1024 + 1));
    assert.equal(status, 413);
    assert.equal(body["__type"], "RequestEntityTooLargeException");
  });
});
