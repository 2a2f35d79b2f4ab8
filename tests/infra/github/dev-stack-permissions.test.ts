import assert from "node:assert/strict";
import { devStacks } from "../../../infra/dev-stacks.ts";
import { devStackPrefix } from "../../../infra/github/accessed-stack.ts";
import { devStackPermissions } from "../../../infra/github/dev-stack-permissions.ts";
import { githubAccessProblems } from "../../../infra/github/workflow-roles.ts";
import { policyDocument } from "../../../infra/permissions/policy.ts";
import { stackNames } from "../../../infra/stack-names.ts";
import { devStackName } from "../../../scripts/stack/dev-stack-name.ts";
import { account, exampleAccessedStack, exampleGithub } from "../configuration/example-stack.ts";
import { told } from "../simulation/simulate.ts";
import { deployCalls, roleWrites } from "./calls.ts";
import { outsideCalls } from "./outside-calls.ts";
import { allows, type Call } from "./simulation.ts";

const boundary = `arn:aws:iam::${account}:policy/training-boundary`;
const { project, region } = exampleAccessedStack;
const any = devStacks({ project, account, region, permissionsBoundaryArn: boundary });
const policy = policyDocument(devStackPermissions(any, exampleGithub));
const stack = devStackName("7", undefined);
const names = stackNames(stack, account, region);

/** Optional resources that a dev stack does not have, and the roles of the workflows, which it does not see. */
const absent =
  /:(sns|events|tag|logs:DescribeLogGroups|logs:Create|logs:Put|logs:Delete|logs:Tag|logs:Untag|logs:ListTags)|key\/(bucket|state)|github-|oidc-provider|ModelApprovalStatus/;

/** A deploy's call, for a dev stack with its own state, whose roles have the boundary. */
function ofDevStack([action, resource, context]: Call): Call {
  const own = resource
    .replaceAll("training-dev", `training-${stack}`)
    .replaceAll("octo-org-pulumi-state/.pulumi", "octo-org-pulumi-state/devstacks/.pulumi")
    .replaceAll("sagemaker-training/dev", `sagemaker-training/${stack}`);
  const given = Object.entries(context ?? {}).map(([key, value]) => [
    key,
    [value].flat().join().replaceAll("training-dev", `training-${stack}`),
  ]);
  const writes = [...roleWrites, "iam:AttachRolePolicy", "iam:DetachRolePolicy"].includes(action);
  return [action, own, { ...Object.fromEntries(given), ...(writes ? { "iam:PermissionsBoundary": boundary } : {}) }];
}

const deploys = deployCalls.filter((call) => !absent.test(`:${call[0]} ${call[1]} ${JSON.stringify(call[2] ?? {})}`));

async function wrong(calls: readonly Call[], expected: boolean): Promise<readonly string[]> {
  const answers = await Promise.all(calls.map((call) => allows(policy, call)));
  return calls.filter((_, index) => answers[index] !== expected).map(told);
}

describe("the permissions of the dev stacks' role", function () {
  this.timeout(60_000);

  it("allow every call to deploy, check and destroy a dev stack", async () => {
    assert.ok(deploys.length > 100, String(deploys.length));
    assert.deepEqual(await wrong(deploys.map(ofDevStack), true), []);
    const throughS3 = { "kms:ViaService": `s3.${region}.amazonaws.com` };
    const further: readonly Call[] = [
      ["kms:Decrypt", exampleGithub.stateKeyArn ?? "", throughS3],
      ["kms:GenerateDataKey", exampleGithub.stateKeyArn ?? "", throughS3],
      ["s3:PutObject", "arn:aws:s3:::octo-org-pulumi-state/devstacks/.pulumi/meta.yaml"],
      ["s3:PutObject", `${names.bucketArn}/crickets/data/0/crickets.csv`],
      ["s3:DeleteBucket", names.bucketArn],
      ["s3:ListBucketVersions", names.bucketArn],
      ["s3:DeleteObject", `${names.bucketArn}/crickets/data/0/crickets.csv`],
      ["s3:DeleteObjectVersion", `${names.bucketArn}/crickets/runs/1/model/model.tar.gz`],
    ];
    assert.deepEqual(await wrong(further, true), []);
  });

  it("deny everything that a deploy may not do, and every call on another stack's resources", async () => {
    assert.deepEqual(await wrong(outsideCalls, false), []);
    const own = new Set(deploys.map(ofDevStack).map(told));
    // Some calls name no stack: lists, Cloud Control, which acts with the caller's permissions, and jobs and their logs.
    const named = deployCalls.filter(
      (call) =>
        !own.has(told(call)) &&
        call[1] !== "*" &&
        call[1] !== "arn:aws:s3:::octo-org-pulumi-state" &&
        !/:(processing|training)-job\/|log-stream/.test(call[1]),
    );
    assert.ok(named.length > 100, String(named.length));
    assert.deepEqual(await wrong(named, false), []);
  });

  it("allow no change of a role without the permissions boundary", async () => {
    const role = names.roleArn;
    const writes = [...roleWrites, "iam:PutRolePermissionsBoundary"];
    const calls = (context: Readonly<Record<string, string>>) => writes.map((action): Call => [action, role, context]);
    assert.deepEqual(await wrong(calls({ "iam:PermissionsBoundary": boundary }), true), []);
    assert.deepEqual(await wrong(calls({}), false), []);
    assert.deepEqual(await wrong(calls({ "iam:PermissionsBoundary": `${boundary}-2` }), false), []);
    assert.deepEqual(await wrong([["iam:DeleteRolePermissionsBoundary", role]], false), []);
  });

  it("cover the names that the command gives, and only those", () => {
    const pattern = new RegExp(`^${any.bucketName.replaceAll("*", ".+")}$`);
    for (const name of [
      devStackName("123456", undefined),
      devStackName(undefined, "alice"),
      devStackName(undefined, "b1234567890a"),
    ]) {
      assert.ok(name.startsWith(devStackPrefix));
      for (const place of [region, "ap-southeast-4"])
        assert.match(stackNames(name, account, place).bucket.replace(place, region), pattern);
    }
    for (const other of ["dev", "production", "devstack", "my-devstack-1"])
      assert.doesNotMatch(stackNames(other, account, region).bucket, pattern);
  });

  it("need a permissions boundary and a state of their own, in a stack that is no dev stack", () => {
    const roleNames = { previewRoleName: "p", deployRoleName: "d", driftRoleName: "r" };
    const problems = (of: object, github: object) =>
      githubAccessProblems({
        ...{ ...roleNames, tags: {}, devStacks: { roleName: "s", stacks: any } },
        ...{ stack: { ...exampleAccessedStack, ...of }, github: { ...exampleGithub, ...github } },
      });
    assert.deepEqual(problems({ permissionsBoundaryArn: boundary }, {}), []);
    const all = problems({ stack: "devstack-alice" }, { stateBackend: undefined });
    assert.equal(all.length, 3);
    assert.match(all[0] ?? "", /^github\.devStacks: got true without github\.stateBackend; set it/);
    assert.match(all[1] ?? "", /^github\.devStacks: got true without permissionsBoundaryArn; set it/);
    assert.match(all[2] ?? "", /^github\.devStacks: got true in devstack-alice, which has a dev stack's name/);
  });
});
