import assert from "node:assert/strict";
import { permissionChanges } from "../../../check/preview/permission-changes.ts";
import type { ResourceChange } from "../../../check/preview/resource-change.ts";

const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
const policy = (...Statement: readonly object[]) => ({ policy: JSON.stringify({ Version: "2012-10-17", Statement }) });

function change(
  before: ResourceChange["before"],
  after: ResourceChange["after"],
  rest: Partial<ResourceChange> = {},
): ResourceChange {
  const kind = before === undefined ? "create" : after === undefined ? "delete" : "update";
  return {
    ...{ kind, op: kind, type: rolePolicy, name: "execution" },
    isProtected: false,
    properties: [],
    before,
    after,
    ...rest,
  };
}

const bucket = "arn:aws:s3:::data/*";

describe("permissionChanges", () => {
  const changes: readonly (readonly [string, readonly ResourceChange[], readonly string[]])[] = [
    [
      "a gained and a lost permission",
      [change(policy(allow("s3:GetObject", bucket)), policy(allow(["s3:PutObject", "s3:DeleteObject"], bucket)))],
      [
        "The role `execution` may now **write** and **delete** `s3://data/*`.",
        "The role `execution` may no longer **read** `s3://data/*`.",
      ],
    ],
    [
      "any action on anything",
      [change(policy(), policy(allow("*", "*"), allow("sagemaker:AddTags", "*")))],
      [
        "The role `execution` may now do **everything** on **everything**.",
        "The role `execution` may now call `sagemaker:AddTags` on **everything**.",
      ],
    ],
    [
      "everything but some actions",
      [change(policy(), policy({ Effect: "Allow", NotAction: ["iam:*"], Resource: "*" }))],
      ["The role `execution` may now do everything but `iam:*` on **everything**."],
    ],
    [
      "a condition",
      [
        change(
          policy(),
          policy(
            allow("iam:PassRole", "arn:aws:iam::1:role/r", {
              Condition: { Bool: { a: "true" }, StringNotLike: { b: ["x", "y"] } },
            }),
          ),
        ),
      ],
      [
        "The role `execution` may now **pass** `arn:aws:iam::1:role/r`, if `a` is `true` and `b` `StringNotLike` `x` or `y`.",
      ],
    ],
    [
      "a prohibition",
      [change(policy({ Effect: "Deny", Action: "s3:*", Resource: "*" }), policy())],
      ["The role `execution` is no longer forbidden to call `s3:*` on **everything**."],
    ],
    [
      "statements that are only grouped otherwise",
      [
        change(
          policy(allow(["s3:GetObject", "s3:PutObject"], bucket)),
          policy(allow("s3:PutObject", [bucket]), allow("s3:GetObject", bucket)),
        ),
      ],
      [],
    ],
    [
      "a permission that moves to a managed policy",
      [
        change(policy(allow("s3:GetObject", bucket)), policy()),
        change(undefined, policy(allow("s3:GetObject", bucket)), {
          type: "aws:iam/policy:Policy",
          name: "execution-0",
        }),
      ],
      [],
    ],
    [
      "another principal",
      [
        change(
          {
            assumeRolePolicy: JSON.stringify({
              Statement: { Effect: "Allow", Principal: { Service: "a.com" }, Action: "sts:AssumeRole" },
            }),
          },
          {
            assumeRolePolicy: JSON.stringify({
              Statement: { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" },
            }),
          },
          { type: "aws:iam/role:Role" },
        ),
      ],
      [
        "The role `execution` may now be assumed by **everybody**.",
        "The role `execution` may no longer be assumed by `a.com`.",
      ],
    ],
    [
      "a deleted policy",
      [change(policy(allow("s3:ListBucket", "arn:aws:s3:::data")), undefined)],
      ["The role `execution` may no longer **list** `s3://data`."],
    ],
    [
      "a policy that is a secret or not known yet",
      [change(policy(), { policy: "[secret]" })],
      ["The permissions of the role `execution` change in a way that is not known before the deployment."],
    ],
    [
      "an attached policy",
      [
        change(
          undefined,
          { policyArn: "arn:aws:iam::aws:policy/Admin" },
          { type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", name: "execution-0" },
        ),
      ],
      ["The role `execution` has now the managed policy `arn:aws:iam::aws:policy/Admin`."],
    ],
    ["other resources", [change({ policy: "a" }, { policy: "b" }, { type: "aws:s3/bucket:Bucket" })], []],
  ];
  for (const [what, given, lines] of changes)
    it(`says in words: ${what}`, () => assert.deepEqual(permissionChanges(given), lines));
});
