import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { driftReport } from "../../../check/drift/drift-report.ts";
import type { PreviewDigest } from "../../../check/preview/preview-digest.ts";
import { definitionBody } from "../../../language/index.ts";
import { readDefinition } from "../../../language/read/read-definition.ts";
import { definition, scriptStep } from "../../local/definitions.ts";
import { state } from "../preview/operations.ts";
import { urn } from "../preview/recorded-preview.ts";

const step = scriptStep({ name: "Prepare", code: "s3://training/code/prepare.py" });
const code = definitionBody(readDefinition(JSON.stringify(definition([step])), { name: "churn" }));
/** The code's definition as AWS may return it: indented, with its keys in another order. */
const reformatted = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(code)).reverse()), null, 2);
const changed = code.replace("prepare.py", "other.py");

const inputs = (pipelineDefinition: object, rest: object = {}) => ({
  pipelineName: "churn",
  pipelineDefinition,
  ...rest,
});
const body = (text: string) => ({ pipelineDefinitionBody: text });
const stored = (text: string) => {
  const sha256 = createHash("sha256").update(text).digest("hex");
  return {
    pipelineDefinitionS3Location: { bucket: "training", key: `churn/code/${sha256}/pipeline-definition.json` },
  };
};

/** Returns what `pulumi preview --refresh --json` prints: Pulumi's steps of reading each resource, then those of the preview. */
function previewOf(...steps: NonNullable<PreviewDigest["steps"]>): PreviewDigest {
  const stack = { op: "same", urn: urn("pulumi:pulumi:Stack", "training-dev"), oldState: state({}, { custom: false }) };
  const read = steps.map((one) => ({ op: "refresh", urn: one.urn, oldState: state(), newState: state() }));
  return { steps: [...read, stack, ...steps] };
}

function pipelineUpdate(account: object, now: object, diffReasons = ["pipelineDefinition"]) {
  const states = {
    oldState: state(account as Record<string, unknown>),
    newState: state(now as Record<string, unknown>),
  };
  return { op: "update", urn: urn("aws-native:sagemaker:Pipeline", "churn"), diffReasons, ...states };
}

describe("driftReport", () => {
  it("finds no drift if Pulumi only read the resources", () => {
    assert.deepEqual(driftReport(previewOf()), { version: 1, stack: "dev", differences: 0, text: "" });
  });

  const same: readonly (readonly [string, object, object])[] = [
    ["that AWS reformatted", body(reformatted), body(code)],
    ["that the code gives as an S3 object with this hash", body(code), stored(code)],
  ];
  for (const [what, account, now] of same)
    it(`ignores a definition ${what}`, () => {
      assert.equal(driftReport(previewOf(pipelineUpdate(inputs(account), inputs(now)))).differences, 0);
      const reasons = ["pipelineDefinition.pipelineDefinitionBody", "tags"];
      const { differences, text } = driftReport(previewOf(pipelineUpdate(inputs(account), inputs(now), reasons)));
      assert.equal(differences, 1);
      assert.match(text, /\| update \| `aws-native:sagemaker:Pipeline` \| `churn` \| `tags` \|/);
      assert.doesNotMatch(text, /pipelineDefinition/);
    });

  const different: readonly (readonly [string, object, object, RegExp])[] = [
    ["that somebody changed", body(changed), body(code), /~ \S+: s?.*other\.py.* -> .*prepare\.py/],
    [
      "whose S3 object has another hash",
      body(changed),
      stored(code),
      /on S3, and the text in the account has another hash/,
    ],
    ["that is no definition", body("{}"), body(code), /The definition cannot be compared: /],
    ["that is a secret", { pipelineDefinitionBody: "[secret]" }, body(code), /The definition is a secret/],
  ];
  for (const [what, account, now, words] of different)
    it(`reports a definition ${what}`, () => {
      const { differences, text } = driftReport(previewOf(pipelineUpdate(inputs(account), inputs(now))));
      assert.equal(differences, 1);
      assert.match(text, words);
      assert.doesNotMatch(text, /next execution/i);
    });

  it("reports a resource that is missing in AWS, and a changed permission, without the values of properties", () => {
    const policy = (Action: string) =>
      state({ policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action, Resource: "*" }] }), role: "execution" });
    const { differences, text } = driftReport(
      previewOf(
        { op: "create", urn: urn("aws:s3/bucket:Bucket", "artifacts"), newState: state({ bucket: "hidden-value" }) },
        {
          ...{ op: "update", urn: urn("aws:iam/rolePolicy:RolePolicy", "execution"), diffReasons: ["policy"] },
          ...{ oldState: policy("s3:*"), newState: policy("s3:GetObject") },
        },
      ),
    );
    assert.equal(differences, 2);
    assert.match(text, /^The stack `dev` in AWS is not what the code says\. Resources: 1 to update, 1 to create\.\n/);
    assert.match(text, /- The role `execution` may no longer call `s3:\*` on \*\*everything\*\*\./);
    assert.doesNotMatch(text, /hidden-value/);
  });

  it("refuses a failed preview, because it shows no drift", () => {
    const diagnostics = [{ severity: "error", message: "AccessDenied:\n not you" }];
    assert.throws(() => driftReport({ ...previewOf(), diagnostics }), {
      code: 2,
      message: "The preview failed (AccessDenied: not you), so it shows no drift: fix that and run it again.",
    });
    assert.throws(() => driftReport({ steps: [] }), { code: 2, message: /^The preview names no stack: / });
  });
});
