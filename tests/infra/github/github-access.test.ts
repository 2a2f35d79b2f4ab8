import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { devStacks } from "../../../infra/dev-stacks.ts";
import { type GithubAccessArgs, workflowRoles } from "../../../infra/github/workflow-roles.ts";
import { policyDocument } from "../../../infra/permissions/policy.ts";
import { account, exampleAccessedStack, exampleGithub, providerArn } from "../configuration/example-stack.ts";
import type { RecordedAccess } from "./record-github-access.ts";

const program = fileURLToPath(new URL("record-github-access.ts", import.meta.url));

async function record(args: GithubAccessArgs): Promise<RecordedAccess> {
  const command = ["--import", "tsx", program, JSON.stringify(args)];
  return JSON.parse((await promisify(execFile)(process.execPath, command)).stdout) as RecordedAccess;
}

const made: GithubAccessArgs = {
  github: exampleGithub,
  stack: exampleAccessedStack,
  previewRoleName: "training-dev-github-preview",
  tags: {},
  deployRoleName: "training-dev-github-deploy",
  driftRoleName: "training-dev-github-drift",
};

describe("GithubAccess", function () {
  this.timeout(60_000);

  const names = ({ resources }: RecordedAccess) =>
    resources.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);
  const roles = [
    "Role github-preview",
    "RolePolicy github-preview",
    "Role github-deploy",
    "RolePolicy github-deploy",
    "Role github-drift",
    "RolePolicy github-drift",
  ].sort();

  it("creates an OIDC provider that outlives the stack, and three roles", async () => {
    const recorded = await record(made);
    assert.deepEqual(names(recorded).sort(), [
      "OpenIdConnectProvider github",
      // The part of the deploy role's permissions that exceeds the inline policy.
      "Policy github-deploy-0",
      ...roles,
      "RolePolicyAttachment github-deploy-0",
    ]);
    const [provider, ...further] = recorded.resources.filter(({ retainOnDelete }) => retainOnDelete);
    assert.deepEqual(further, []);
    assert.deepEqual(provider?.inputs, {
      url: "https://token.actions.githubusercontent.com",
      clientIdLists: ["sts.amazonaws.com"],
    });
    assert.equal(recorded.previewRoleArn, "arn of training-dev-github-preview");
    assert.equal(recorded.deployRoleArn, "arn of training-dev-github-deploy");
    assert.equal(recorded.devStackRoleArn, undefined);
    assert.equal(recorded.driftRoleArn, "arn of training-dev-github-drift");
  });

  it("creates the role of dev stacks if they are configured", async () => {
    const permissionsBoundaryArn = `arn:aws:iam::${account}:policy/boundary`;
    const stacks = devStacks({ ...exampleAccessedStack, permissionsBoundaryArn });
    const recorded = await record({ ...made, devStacks: { roleName: "training-dev-devstacks", stacks } });
    assert.ok(names(recorded).includes("Role github-devstacks"));
    assert.equal(recorded.devStackRoleArn, "arn of training-dev-devstacks");
  });

  it("creates only the three roles with their policies if the account has a provider", async () => {
    const adopting = { ...made, github: { ...exampleGithub, oidcProviderArn: providerArn } };
    const recorded = await record(adopting);
    assert.deepEqual(names(recorded).sort(), roles);
    for (const [use, role] of Object.entries(workflowRoles(adopting))) {
      const inputs = recorded.resources
        .filter(({ name }) => name === `github-${use}`)
        .map((resource) => resource.inputs);
      assert.deepEqual(inputs, [
        { name: role.name, assumeRolePolicy: role.trustPolicy, maxSessionDuration: role.maxSessionDuration, tags: {} },
        { name: "github", role: role.name, policy: policyDocument(role.statements) },
      ]);
    }
  });
});
