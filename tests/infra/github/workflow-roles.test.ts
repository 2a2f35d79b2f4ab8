import assert from "node:assert/strict";
import type { AccessedStack } from "../../../infra/github/accessed-stack.ts";
import { type GithubAccessArgs, githubAccessProblems, workflowRoles } from "../../../infra/github/workflow-roles.ts";
import { policyDocument } from "../../../infra/permissions/policy.ts";
import { account, exampleAccessedStack, exampleGithub, providerArn } from "../configuration/example-stack.ts";

const args: GithubAccessArgs = {
  github: exampleGithub,
  stack: exampleAccessedStack,
  previewRoleName: "training-dev-github-preview-eu-central-1",
  tags: {},
  deployRoleName: "training-dev-github-deploy-eu-central-1",
  driftRoleName: "training-dev-github-drift-eu-central-1",
};

/** A stack with the longest names that the 64 characters of a role's name allow. */
function longestNames(): GithubAccessArgs {
  const region = "ap-southeast-4";
  const name = "x".repeat(64 - `training--github-preview-${region}`.length);
  const own = `training-${name}`;
  const role = (use: string) => `arn:aws:iam::${account}:role/${own}-${use}-${region}`;
  const stack: AccessedStack = {
    ...exampleAccessedStack,
    ...{ region, stack: name, bucketName: `${own}-${account}-${region}`, permissionsBoundaryArn: role("boundary") },
    ...{ executionRoleArn: role("execution"), scheduleRoleArn: role("schedule") },
    ...{ pipelineNames: [`*-${own}`], modelPackageGroupNames: [`*-${own}`], scheduleNames: [`default/*-${own}`] },
    ...{ topicName: `${own}-failures`, ruleNames: [`${own}-failures`] },
  };
  const github = {
    ...exampleGithub,
    repository: `${"o".repeat(39)}/${"r".repeat(100)}`,
    ...{ environment: "e".repeat(100), branch: "b".repeat(60), stateBackend: `s3://${"s".repeat(63)}` },
  };
  return {
    github,
    stack,
    previewRoleName: `${own}-github-preview-${region}`,
    tags: {},
    deployRoleName: `${own}-github-deploy-${region}`,
    driftRoleName: `${own}-github-drift-${region}`,
  };
}

describe("workflowRoles", () => {
  it("returns the given names, and session durations of 1 hour, because the check renews them", () => {
    const { preview, deploy, drift } = workflowRoles(args);
    assert.deepEqual([preview.name, preview.maxSessionDuration], [args.previewRoleName, 3600]);
    assert.deepEqual([deploy.name, deploy.maxSessionDuration], [args.deployRoleName, 3600]);
    assert.deepEqual([drift.name, drift.maxSessionDuration], [args.driftRoleName, 3600]);
  });

  it("trusts the stack's own OIDC provider or the existing one, and lets a deploy read only its own", () => {
    const own = workflowRoles(args);
    assert.match(policyDocument(own.deploy.statements), /iam:GetOpenIDConnectProvider/);
    const oidcProviderArn = providerArn.replace("arn:aws:", "arn:aws-cn:");
    const adopting = workflowRoles({ ...args, github: { ...exampleGithub, oidcProviderArn } });
    assert.doesNotMatch(policyDocument(adopting.deploy.statements), /iam:GetOpenIDConnectProvider/);
    for (const [roles, arn] of [
      [own, providerArn],
      [adopting, oidcProviderArn],
    ] as const)
      for (const { trustPolicy } of Object.values(roles))
        assert.deepEqual(JSON.parse(trustPolicy).Statement[0].Principal, { Federated: arn });
  });

  it("splits the policies so that they fit IAM's quotas with the longest names", () => {
    assert.deepEqual(githubAccessProblems(longestNames()), []);
  });

  it("reports policies that exceed IAM's quota together with mistakes in the configuration", () => {
    const { github, stack, ...names } = longestNames();
    const pipelineNames = Array.from({ length: 400 }, (_, index) => `adopted-${index}-${"p".repeat(50)}`);
    const { deployWorkflow: previewWorkflow } = github;
    const [wrongWorkflow, trust, driftTrust, policy, ...further] = githubAccessProblems({
      ...names,
      github: { ...github, environment: "e".repeat(700), previewWorkflow },
      stack: { ...stack, pipelineNames },
    });
    assert.match(
      wrongWorkflow ?? "",
      /^github\.previewWorkflow: got \S+, which is also the deploying workflow; give another file/,
    );
    assert.match(trust ?? "", /^github: the deploy role's trust policy has \d+ characters, IAM allows 2048; give /);
    assert.match(driftTrust ?? "", /^github: the drift role's trust policy has \d+ characters, IAM allows 2048; give /);
    assert.match(policy ?? "", /^github, the deploy role: its permissions need \d+ managed policies /);
    assert.deepEqual(further, []);
  });
});
