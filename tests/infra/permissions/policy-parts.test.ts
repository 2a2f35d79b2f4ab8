import assert from "node:assert/strict";
import { executionPermissions } from "../../../infra/permissions/execution-permissions.ts";
import { allow, type PolicyStatement, policyDocument } from "../../../infra/permissions/policy.ts";
import { managedPolicyArn, policyParts, policyProblems } from "../../../infra/permissions/policy-parts.ts";
import { definitions, executionContext } from "../hundred-pipelines.ts";

/** Returns a text for each permission of the statements: an action, a resource, and a value of the condition. */
function grants(statements: readonly PolicyStatement[]): ReadonlySet<string> {
  return new Set(
    statements.flatMap(({ Action, Resource, Condition = {} }) => {
      const values = Object.values(Condition).flatMap((keys) =>
        Object.entries(keys).flatMap(([key, value]) => [value].flat().map((one) => `${key}=${one}`)),
      );
      const conditions = values.length === 0 ? [""] : values;
      return Action.flatMap((action) =>
        Resource.flatMap((resource) => conditions.map((value) => `${action} ${resource} ${value}`)),
      );
    }),
  );
}

const lengths = (parts: readonly (readonly PolicyStatement[])[]) => parts.map((part) => policyDocument(part).length);
const objects = (count: number) => Array.from({ length: count }, (_, index) => `arn:aws:s3:::lake/${1000 + index}/*`);

describe("the policies of a role", () => {
  const { statements, problems } = executionPermissions(definitions(100), executionContext);
  const parts = policyParts(statements);

  it("hold the permissions of 100 pipelines within IAM's quotas", () => {
    assert.deepEqual(problems, []);
    const [inline = 0, ...managed] = lengths(parts);
    assert.ok(inline <= 10_240 && inline > 9_000, `${inline}`);
    assert.ok(managed.length > 0 && managed.length <= 10, `${managed.length} managed policies`);
    for (const length of managed) assert.ok(length <= 6144, `${length}`);
  });

  it("grant exactly what the unsplit policy grants", () => {
    assert.deepEqual([...grants(parts.flat())].sort(), [...grants(statements)].sort());
  });

  it("state what all pipelines share once", () => {
    for (const action of ["ecr:GetAuthorizationToken", "cloudwatch:PutMetricData", "sagemaker:CreateTrainingJob"])
      assert.equal(parts.flat().filter(({ Action }) => Action.includes(action)).length, 1, action);
  });

  it("have no two statements with the same Sid", () => {
    for (const part of parts) assert.equal(new Set(part.map(({ Sid }) => Sid)).size, part.length);
  });

  it("stay one inline policy if that is enough", () => {
    const few = [allow("Read", ["s3:GetObject"], objects(10))];
    assert.deepEqual(policyParts(few), [few]);
    assert.deepEqual(policyProblems("the role", few), []);
  });

  it("split a statement whose condition lists many values", () => {
    const listed = [
      allow("List", ["s3:ListBucket"], ["arn:aws:s3:::lake"], { StringLike: { "s3:prefix": objects(600) } }),
    ];
    const split = policyParts(listed);
    assert.ok(split.length > 1);
    assert.deepEqual([...grants(split.flat())].sort(), [...grants(listed)].sort());
  });

  it("leave out statements without resources, and give no policy without statements", () => {
    assert.deepEqual(policyParts([]), []);
    assert.deepEqual(policyParts([allow("Nothing", ["s3:GetObject"], [])]), []);
  });

  it("reject permissions that exceed the quotas of managed policies", () => {
    const [line = ""] = policyProblems("the role", [allow("Read", ["s3:GetObject"], objects(5000))]);
    assert.match(
      line,
      /^the role: its permissions need \d+ managed policies besides its own, but IAM accepts 10 of 6144/,
    );
  });

  it("are named after the role", () => {
    const role = "arn:aws-cn:iam::111122223333:role/training-dev-execution-cn-north-1";
    assert.equal(managedPolicyArn(role, 3), "arn:aws-cn:iam::111122223333:policy/training-dev-execution-cn-north-1-3");
  });
});
