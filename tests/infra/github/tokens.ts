/** The claims of a token that GitHub issues to a job. Source: https://docs.github.com/en/actions/reference/security/oidc */
export type Token = Readonly<Record<string, string>>;

const names = "octo-org/octo-repo";
const namesAndNumbers = "octo-org@123456/octo-repo@456789";
const file = (name: string, ref: string, repository = names) => `${repository}/.github/workflows/${name}@${ref}`;

const main = "refs/heads/main";
const merge = "refs/pull/7/merge";

const common: Token = {
  iss: "https://token.actions.githubusercontent.com",
  aud: "sts.amazonaws.com",
  repository: names,
  repository_id: "456789",
  repository_owner: "octo-org",
  repository_owner_id: "123456",
  repository_visibility: "private",
  runner_environment: "github-hosted",
  actor: "octocat",
  actor_id: "12",
};

/** The token of a push to main, in the job with the environment of the workflow that train.yml calls. */
const deploy: Token = {
  ...common,
  sub: `repo:${names}:environment:production`,
  environment: "production",
  ref: main,
  event_name: "push",
  workflow: "Train",
  workflow_ref: file("train.yml", main),
  job_workflow_ref: file("train-environment.yml", main),
};

/** The token of a pull request from the repository's own branch, in preview.yml. */
const preview: Token = {
  ...common,
  sub: `repo:${names}:pull_request`,
  ref: merge,
  head_ref: "feature",
  base_ref: "main",
  event_name: "pull_request",
  workflow: "Preview",
  workflow_ref: file("preview.yml", merge),
  job_workflow_ref: file("preview.yml", merge),
};

/** The token of the nightly comparison. */
const drift: Token = {
  ...deploy,
  sub: `repo:${names}:environment:production-drift`,
  environment: "production-drift",
  event_name: "schedule",
  workflow: "drift",
  workflow_ref: file("drift.yml", main),
  job_workflow_ref: file("drift.yml", main),
};

/** The token of a labelled pull request's dev stack, which a reviewer approved. */
const devStack: Token = {
  ...preview,
  sub: `repo:${names}:environment:production-devstacks`,
  environment: "production-devstacks",
  workflow: "dev-stack",
  workflow_ref: file("dev-stack.yml", merge),
  job_workflow_ref: file("dev-stack.yml", merge),
};

/** The token of the clean-up of dev stacks. */
const clean: Token = {
  ...drift,
  sub: `repo:${names}:environment:production-devstacks-clean`,
  environment: "production-devstacks-clean",
  event_name: "workflow_run",
  workflow: "dev-stack-clean",
  workflow_ref: file("dev-stack-clean.yml", main),
  job_workflow_ref: file("dev-stack-clean.yml", main),
};

/** Returns a token of another repository. */
function of(repository: string, repositoryId: string, ownerId: string, token: Token): Token {
  const renamed = Object.entries(token).map(([claim, value]) => [claim, value.replaceAll(names, repository)]);
  return {
    ...Object.fromEntries(renamed),
    repository_id: repositoryId,
    repository_owner: repository.split("/")[0] as string,
    repository_owner_id: ownerId,
  };
}

function without(claim: string, token: Token): Token {
  return Object.fromEntries(Object.entries(token).filter(([key]) => key !== claim));
}

/** The token of a branch, with the branch's own workflow file. */
const branch: Token = {
  ...deploy,
  ref: "refs/heads/feature",
  workflow_ref: file("train.yml", "refs/heads/feature"),
  job_workflow_ref: file("train-environment.yml", "refs/heads/feature"),
};

/** The token of pull_request_target, which forks can start too. It has the base branch's workflow file. */
const target: Token = {
  ...preview,
  ref: main,
  event_name: "pull_request_target",
  workflow_ref: file("preview.yml", main),
  job_workflow_ref: file("preview.yml", main),
};

const plain = (ref: string): Token => without("environment", { ...deploy, sub: `repo:${names}:ref:${ref}`, ref });

/** Descriptions of tokens, their claims, and the role that each can assume. */
export const tokens: readonly (readonly [string, Token, "deploy" | "preview" | "drift" | "devStacks" | "none"])[] = [
  ["a push to main with the environment", deploy, "deploy"],
  [
    "a push to main with the environment and numbers in the subject",
    { ...deploy, sub: `repo:${namesAndNumbers}:environment:production` },
    "deploy",
  ],
  ["a manual start on main with the environment", { ...deploy, event_name: "workflow_dispatch" }, "deploy"],
  ["a scheduled start with the environment", { ...deploy, event_name: "schedule" }, "deploy"],
  [
    "a workflow on main that calls train.yml of main",
    { ...deploy, workflow: "Nightly", workflow_ref: file("nightly.yml", main) },
    "deploy",
  ],
  ["a pull request from the repository's own branch", preview, "preview"],
  [
    "a pull request with numbers in the subject",
    { ...preview, sub: `repo:${namesAndNumbers}:pull_request` },
    "preview",
  ],
  [
    "another pull request",
    { ...preview, ref: "refs/pull/1234/merge", job_workflow_ref: file("preview.yml", "refs/pull/1234/merge") },
    "preview",
  ],
  // GitHub issues such a token only if the repository sends write tokens to forks. It looks like an own pull request's then.
  [
    "a fork's pull request (GitHub issues none)",
    { ...preview, actor: "hubot", actor_id: "98", head_ref: "patch" },
    "preview",
  ],
  ["a nightly comparison", drift, "drift"],
  ["a manual comparison on main", { ...drift, event_name: "workflow_dispatch" }, "drift"],
  [
    "a comparison with numbers in the subject",
    { ...drift, sub: `repo:${namesAndNumbers}:environment:production-drift` },
    "drift",
  ],
  ["a dev stack of a pull request", devStack, "devStacks"],
  [
    "a dev stack of a pull request, with numbers in the subject",
    { ...devStack, sub: `repo:${namesAndNumbers}:environment:production-devstacks` },
    "devStacks",
  ],
  [
    "a person's dev stack of a branch",
    { ...devStack, ref: "refs/heads/feature", job_workflow_ref: file("dev-stack.yml", "refs/heads/feature") },
    "devStacks",
  ],
  ["the clean-up of dev stacks", clean, "devStacks"],
  [
    "the clean-up of dev stacks, with numbers in the subject",
    { ...clean, sub: `repo:${namesAndNumbers}:environment:production-devstacks-clean` },
    "devStacks",
  ],

  ["a dev stack without its environment", { ...devStack, sub: `repo:${names}:pull_request` }, "none"],
  ["a dev stack in another environment", { ...devStack, sub: `repo:${names}:environment:dev-devstacks` }, "none"],
  [
    "another workflow in the environment of dev stacks",
    { ...devStack, job_workflow_ref: file("ci.yml", merge) },
    "none",
  ],
  ["a dev stack of a tag", { ...devStack, job_workflow_ref: file("dev-stack.yml", "refs/tags/v1") }, "none"],
  ["a dev stack of a repository that took over the name", { ...devStack, repository_id: "500000" }, "none"],
  ["a dev stack with GitHub's default audience", { ...devStack, aud: "https://github.com/octo-org" }, "none"],
  ["a pull request's clean-up", { ...clean, ref: merge, job_workflow_ref: file("dev-stack-clean.yml", merge) }, "none"],
  ["a branch that calls the clean-up of main", { ...clean, ref: "refs/heads/feature" }, "none"],
  ["a dev stack in the environment of the clean-up", { ...devStack, sub: clean["sub"] ?? "" }, "none"],
  [
    "main's dev-stack.yml in the environment of the clean-up",
    { ...clean, job_workflow_ref: file("dev-stack.yml", main) },
    "none",
  ],
  ["a clean-up in another environment", { ...clean, sub: `repo:${names}:environment:dev-devstacks-clean` }, "none"],
  ["a clean-up of a repository that took over the name", { ...clean, repository_id: "500000" }, "none"],
  ["a clean-up with GitHub's default audience", { ...clean, aud: "https://github.com/octo-org" }, "none"],

  ["a comparison in the deploy's environment", { ...drift, sub: `repo:${names}:environment:production` }, "none"],
  ["a comparison in another environment", { ...drift, sub: `repo:${names}:environment:dev-drift` }, "none"],
  [
    "a comparison in another environment, with numbers in the subject",
    { ...drift, sub: `repo:${namesAndNumbers}:environment:dev-drift` },
    "none",
  ],
  [
    "another workflow in the environment of the comparison",
    { ...drift, job_workflow_ref: file("ci.yml", main) },
    "none",
  ],
  ["another branch that calls drift.yml of main", { ...drift, ref: "refs/heads/feature" }, "none"],
  ["a comparison of a repository that took over the name", { ...drift, repository_id: "500000" }, "none"],
  ["a comparison with GitHub's default audience", { ...drift, aud: "https://github.com/octo-org" }, "none"],
  ["a push to main without the environment", plain(main), "none"],
  [
    "a push to main without the environment, with numbers in the subject",
    { ...plain(main), sub: `repo:${namesAndNumbers}:ref:${main}` },
    "none",
  ],
  ["another environment", { ...deploy, sub: `repo:${names}:environment:staging`, environment: "staging" }, "none"],
  [
    "another environment, with numbers in the subject",
    { ...deploy, sub: `repo:${namesAndNumbers}:environment:staging`, environment: "staging" },
    "none",
  ],
  ["an environment whose name begins the same", { ...deploy, sub: `repo:${names}:environment:production2` }, "none"],
  ["an environment named with a wildcard", { ...deploy, sub: `repo:${names}:environment:*`, environment: "*" }, "none"],
  ["a push to another branch with the environment", branch, "none"],
  [
    "a push to another branch",
    { ...plain("refs/heads/feature"), job_workflow_ref: branch["job_workflow_ref"] ?? "" },
    "none",
  ],
  [
    "another branch that calls train.yml of main",
    { ...branch, job_workflow_ref: file("train-environment.yml", main) },
    "none",
  ],
  ["a branch named like the ref of main", { ...branch, ref: "refs/heads/refs/heads/main" }, "none"],
  [
    "a tag, with the environment",
    { ...deploy, ref: "refs/tags/v1", ref_type: "tag", job_workflow_ref: file("train.yml", "refs/tags/v1") },
    "none",
  ],
  [
    "a tag named main",
    { ...deploy, ref: "refs/tags/main", job_workflow_ref: file("train.yml", "refs/tags/main") },
    "none",
  ],
  ["a tag without the environment", plain("refs/tags/v1"), "none"],
  ["another workflow on main, with the environment", { ...deploy, job_workflow_ref: file("ci.yml", main) }, "none"],
  [
    "another repository's reusable workflow, with the environment",
    { ...deploy, job_workflow_ref: file("train.yml", main, "octo-org/octo-automation") },
    "none",
  ],
  ["a pull request that names the environment", { ...preview, sub: `repo:${names}:environment:production` }, "none"],
  [
    "a pull request that names the environment, in train.yml",
    { ...preview, sub: `repo:${names}:environment:production`, job_workflow_ref: file("train.yml", merge) },
    "none",
  ],
  ["another workflow in a pull request", { ...preview, job_workflow_ref: file("ci.yml", merge) }, "none"],
  ["train.yml in a pull request", { ...preview, job_workflow_ref: file("train.yml", merge) }, "none"],
  [
    "a pull request that calls preview.yml of main",
    { ...preview, job_workflow_ref: file("preview.yml", main) },
    "none",
  ],
  [
    "a pull request that calls another repository's preview.yml",
    { ...preview, job_workflow_ref: file("preview.yml", merge, "octo-org/octo-automation") },
    "none",
  ],
  [
    "a workflow file from the head of a pull request",
    { ...preview, job_workflow_ref: file("preview.yml", "refs/pull/7/head") },
    "none",
  ],
  [
    "a branch named like a pull request",
    { ...preview, job_workflow_ref: file("preview.yml", `refs/heads/${merge}`) },
    "none",
  ],
  ["pull_request_target, which forks can start", target, "none"],
  ["pull_request_target with the subject of the branch", { ...target, sub: `repo:${names}:ref:${main}` }, "none"],
  ["a merge queue", { ...plain("refs/heads/gh-readonly-queue/main/pr-7"), event_name: "merge_group" }, "none"],

  ["a push in a fork, with an environment of the same name", of("hubot/octo-repo", "999", "98", deploy), "none"],
  ["a pull request within a fork", of("hubot/octo-repo", "999", "98", preview), "none"],
  ["another repository of the organisation", of("octo-org/other", "457000", "123456", deploy), "none"],
  ["a pull request of another repository", of("octo-org/other", "457000", "123456", preview), "none"],
  ["a repository of the same name in another organisation", of("octocat/octo-repo", "457001", "98", deploy), "none"],
  ["a repository whose name begins the same", of("octo-org/octo-repo-2", "457002", "123456", deploy), "none"],
  ["another repository that took over the name", { ...deploy, repository_id: "500000" }, "none"],
  ["a pull request of another repository that took over the name", { ...preview, repository_id: "500000" }, "none"],
  [
    "another repository that took over the name, with numbers in the subject",
    { ...deploy, repository_id: "500000", sub: "repo:octo-org@123456/octo-repo@500000:environment:production" },
    "none",
  ],
  [
    "another organisation that took over the name, with numbers in the subject",
    { ...deploy, sub: "repo:octo-org@98/octo-repo@456789:environment:production" },
    "none",
  ],
  ["the repository under a new name", of("octo-org/renamed", "456789", "123456", deploy), "none"],
  ["the organisation's name in another case", of("Octo-Org/octo-repo", "456789", "123456", deploy), "none"],
  ["the environment's name in another case", { ...deploy, sub: `repo:${names}:environment:Production` }, "none"],
  ["a subject that is a pattern of repositories", { ...deploy, sub: "repo:octo-org/*" }, "none"],
  [
    "a pull request's subject that is a pattern of repositories",
    { ...preview, sub: "repo:octo-org/*:pull_request" },
    "none",
  ],

  ["GitHub's default audience", { ...deploy, aud: "https://github.com/octo-org" }, "none"],
  ["GitHub's default audience in a pull request", { ...preview, aud: "https://github.com/octo-org" }, "none"],
  ["another cloud's audience", { ...deploy, aud: "api://AzureADTokenExchange" }, "none"],
  ["another issuer", { ...deploy, iss: "https://token.actions.octocorp.ghe.com" }, "none"],
  ["no audience", without("aud", deploy), "none"],
  ["no subject", without("sub", deploy), "none"],
  ["no repository_id", without("repository_id", deploy), "none"],
  ["no job_workflow_ref", without("job_workflow_ref", deploy), "none"],
  ["no ref", without("ref", deploy), "none"],
  ["no job_workflow_ref in a pull request", without("job_workflow_ref", preview), "none"],
  ["no claims except the issuer", { iss: common["iss"] as string }, "none"],
];
