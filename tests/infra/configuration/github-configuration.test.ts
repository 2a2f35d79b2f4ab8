import assert from "node:assert/strict";
import { githubConfiguration, githubProblems } from "../../../infra/configuration/github-configuration.ts";
import { exampleGithub, leastConfiguration } from "./example-stack.ts";

/** Returns one line for each value that the schema rejects. */
function refusals(own: Readonly<Record<string, unknown>>): readonly string[] {
  const parsed = githubConfiguration.safeParse({ ...leastConfiguration, ...own });
  return (parsed.error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("githubConfiguration", () => {
  it("requires only the repository and two identifiers, which may be numbers, and has defaults for the rest", () => {
    assert.deepEqual(githubConfiguration.parse({ ...leastConfiguration, repositoryId: 456789, ownerId: 123456 }), {
      ...leastConfiguration,
      environment: "production",
      branch: "main",
      deployWorkflow: ".github/workflows/train-environment.yml",
      previewWorkflow: ".github/workflows/preview.yml",
      driftWorkflow: ".github/workflows/drift.yml",
      devStacks: false,
    });
  });

  const taken: readonly (readonly [string, string])[] = [
    ["repository", "octo-org_emu/octo.repo_2"],
    ["environment", "Production EU-1"],
    ["branch", "release/2.x"],
    ["branch", "refs-2"],
    ["deployWorkflow", ".github/workflows/deploy-eu.yaml"],
    ["oidcProviderArn", "arn:aws-cn:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"],
    ["stateBackend", "s3://octo-org.state/teams/training"],
    ["stateKeyArn", "arn:aws:kms:eu-central-1:111122223333:key/0a1b-2c"],
  ];
  for (const [key, value] of taken)
    it(`accepts ${value} as ${key}`, () => {
      assert.deepEqual(refusals({ [key]: value }), []);
    });

  const refused: readonly (readonly [string, unknown, RegExp])[] = [
    ["repository", undefined, /give the repository as ORGANISATION\/NAME/],
    ["repository", "octo-repo", /give the repository as ORGANISATION\/NAME/],
    ["repository", "octo-org/*", /give the repository/],
    ["repository", "octo-org/octo-repo/main", /give the repository/],
    ["repository", "https://github.com/octo-org/octo-repo", /give the repository/],
    ["repositoryId", undefined, /give the number of the repository, from: gh api repos/],
    ["repositoryId", "R_kgDO", /give the number of the repository/],
    ["ownerId", "octo-org", /give the number of the organisation/],
    ["ownerId", -1, /give the number of the organisation/],
    ["environment", "prod*", /give the name of an environment/],
    // GitHub writes the colon as %3A into the token's subject.
    ["environment", "prod:eu", /give the name of an environment/],
    ["environment", "$" + "{aws:username}", /give the name of an environment/],
    ["branch", "release/*", /give the name of a branch/],
    ["branch", "", /give the name of a branch/],
    ...["refs/heads/main", "a..b", "a/", "a//b", "a.lock", "a/.b", "a."].map(
      (branch) => ["branch", branch, /give the name of a branch/] as const,
    ),
    ...["octo-org/octo-repo.git", "octo-org/..", "-octo-org/octo-repo"].map(
      (repository) => ["repository", repository, /give the repository as ORGANISATION\/NAME/] as const,
    ),
    ...[[1], "0", "0x10", 1.5, true].map(
      (number) => ["repositoryId", number, /give the number of the repository/] as const,
    ),
    ...["s3://octo-org/../x", "s3://octo..org", "s3://octo-org/./x", "s3://192.168.5.4"].map(
      (backend) => ["stateBackend", backend, /give s3:\/\/BUCKET/] as const,
    ),
    ["deployWorkflow", "train.yml", /give the path of a workflow, such as \.github\/workflows\/train-environment\.yml/],
    ["previewWorkflow", ".github/workflows/*.yml", /give the path of a workflow/],
    ["oidcProviderArn", "arn:aws:iam::111122223333:oidc-provider/accounts.google.com", /give an ARN such as/],
    ["stateBackend", "octo-org-state", /give s3:\/\/BUCKET/],
    ["stateBackend", "s3://octo-org-state?region=eu-central-1", /without a question mark and the options after it/],
    ["stateBackend", "s3://octo-org-state/*", /give s3:\/\/BUCKET/],
    ["stateKeyArn", "alias/state", /give an ARN such as arn:aws:kms/],
    ["enviroment", "production", /Unrecognized key/],
  ];
  for (const [key, value, message] of refused)
    it(`rejects ${JSON.stringify(value)} as ${key}`, () => {
      const [first, ...further] = refusals({ [key]: value });
      assert.match(first ?? "nothing is rejected", message);
      assert.deepEqual(further, []);
    });

  it("rejects one file as both the preview and the deploying workflow", () => {
    assert.deepEqual(githubProblems(exampleGithub), []);
    assert.deepEqual(githubProblems({ ...exampleGithub, previewWorkflow: exampleGithub.deployWorkflow }), [
      "github.previewWorkflow: got .github/workflows/train-environment.yml, which is also the deploying workflow; give another file, so that pull requests cannot deploy",
    ]);
  });
});
