import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../scripts/local-stack/folders.ts";
import { parseWorkflow, type Workflow, type WorkflowJob, type WorkflowStep } from "./workflow-file.ts";

const { scripts } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
  scripts: Readonly<Record<string, string>>;
};

const uses = (job: WorkflowJob, action: string) => job.steps.some((step) => step.uses?.startsWith(`${action}@`));
const runs = (job: WorkflowJob, command: RegExp) => job.steps.some(({ run = "" }) => command.test(run));
const may = ({ permissions }: WorkflowJob, scope: string) =>
  typeof permissions === "object" && permissions[scope] === "write";

function triggersOf({ on }: Workflow): readonly string[] {
  if (typeof on === "string") return [on];
  return Array.isArray(on) ? (on as readonly string[]) : Object.keys(on);
}

function onlyOnPushToMain({ on }: Workflow): boolean {
  return JSON.stringify(on) === JSON.stringify({ push: { branches: ["main"] } });
}

const baseCommit = ["${", "{ github.event.pull_request.base.sha }}"].join("");

/** Tells whether only a push to main, a person or another workflow starts a workflow. */
function startsForDeploy({ on }: Workflow): boolean {
  if (typeof on === "string" || Array.isArray(on)) return false;
  const { push, ...others } = on as Exclude<Workflow["on"], string | readonly string[]>;
  const isMain = push === undefined || JSON.stringify(push) === JSON.stringify({ branches: ["main"] });
  return isMain && Object.keys(others).every((event) => event === "workflow_dispatch" || event === "workflow_call");
}

const isCalled = (workflow: Workflow) => JSON.stringify(triggersOf(workflow)) === '["workflow_call"]';
/** The branch that may deploy. The trust policy of the role and the environment check it, too. */
const onlyOnMain = "github.ref == 'refs/heads/main'";

/** Tells whether a job checks out no code of a pull request. */
function checksOutOnlyTheBase(job: WorkflowJob, workflow: Workflow): boolean {
  const checkouts = job.steps.filter((step) => step.uses?.startsWith("actions/checkout@"));
  return onlyOnPushToMain(workflow) || checkouts.every((step) => step.with?.["ref"] === baseCommit);
}

/** The one workflow that may run for forks with the repository's permissions, because it checks out and runs nothing. */
const forForks = "comment-fork";

/** Tells whether the jobs of a workflow can write nothing to GitHub, and check out only the commit that GitHub chooses: main's. */
function onlyReadsMain({ jobs }: Workflow): boolean {
  return Object.values(jobs).every(
    (job) =>
      job.if?.includes(onlyOnMain) === true &&
      !writesToGitHub(job) &&
      job.steps.every(
        ({ uses: action, with: inputs }) => !action?.startsWith("actions/checkout@") || inputs?.["ref"] === undefined,
      ),
  );
}

function writesToGitHub({ permissions }: WorkflowJob): boolean {
  return (
    typeof permissions !== "object" ||
    Object.entries(permissions).some(([scope, to]) => scope !== "id-token" && to === "write")
  );
}

function stepProblems({ uses: action, with: inputs, run = "" }: WorkflowStep): readonly string[] {
  const commands = [...run.matchAll(/\bnpm (?:run (?:-s )?(?<name>[\w-]+)|(?<test>test))/g)];
  return [
    ...(action === undefined || /@[0-9a-f]{40}$/.test(action) ? [] : [`${action} is not pinned to a commit`]),
    ...(action?.startsWith("actions/checkout@") && inputs?.["persist-credentials"] !== false
      ? ["a checkout leaves its credentials on the disk"]
      : []),
    ...(inputs?.["aws-access-key-id"] === undefined ? [] : ["a long-lived access key is in use"]),
    ...(run.includes("${{") ? ["an expression is in a script"] : []),
    ...commands.flatMap(({ groups = {} }) => {
      const name = groups["name"] ?? "test";
      return Object.hasOwn(scripts, name) ? [] : [`there is no npm script ${name}`];
    }),
  ];
}

function jobProblems(name: string, job: WorkflowJob, workflow: Workflow): readonly string[] {
  const assumesRole = uses(job, "aws-actions/configure-aws-credentials");
  const deploys = runs(job, /\bpulumi (up|destroy|refresh|import)\b/);
  const secrets = Object.values(job.env ?? {}).some((value) => value.includes("secrets."));
  const calls = job.uses !== undefined;
  const problems = [
    ...(typeof job.permissions === "object" ? [] : ["its permissions are not listed one by one"]),
    ...(job["timeout-minutes"] === undefined && !calls ? ["it has no timeout"] : []),
    ...(calls && !job.uses?.startsWith("./.github/workflows/") ? ["it calls a workflow of another repository"] : []),
    ...(calls && may(job, "id-token") && !job.if?.includes(onlyOnMain) ? ["it deploys other branches than main"] : []),
    ...(calls || may(job, "id-token") === assumesRole ? [] : ["id-token and the assumed role need each other"]),
    ...(may(job, "id-token") && writesToGitHub(job) ? ["it can write to GitHub although it has access to AWS"] : []),
    ...(may(job, "pull-requests") && !checksOutOnlyTheBase(job, workflow)
      ? ["it checks out the pull request's code although it can write comments"]
      : []),
    ...(triggersOf(workflow).includes("workflow_run") && uses(job, "actions/checkout") && !onlyReadsMain(workflow)
      ? ["it checks out code although it runs for forks with the repository's permissions"]
      : []),
    ...(secrets ? ["a secret is in the environment of all steps"] : []),
    ...(deploys && !startsForDeploy(workflow) ? ["it deploys on other events than a push to main"] : []),
    ...(deploys && job.environment === undefined ? ["it deploys without an environment"] : []),
    ...((deploys || calls) && !isCalled(workflow) && workflow.concurrency?.["cancel-in-progress"] !== false
      ? ["a newer run can cancel the deploy"]
      : []),
    ...(calls && !startsForDeploy(workflow) ? ["it deploys on other events than a push to main"] : []),
    ...job.steps.flatMap(stepProblems),
  ];
  return problems.map((problem) => `${name}: ${problem}`);
}

/** Returns one line for each rule of this repository that a workflow breaks. */
export function workflowProblems(text: string): readonly string[] {
  const workflow = parseWorkflow(text);
  const unnamed = text
    .split("\n")
    .filter((line) => /\buses: (?!\.\/)/.test(line) && !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line));
  return [
    ...(JSON.stringify(workflow.permissions) === "{}" ? [] : ["permissions are granted to all jobs"]),
    ...(workflow.concurrency === undefined && !isCalled(workflow) ? ["there is no concurrency group"] : []),
    ...triggersOf(workflow)
      .filter(
        (trigger) =>
          trigger === "pull_request_target" ||
          (trigger === "workflow_run" && workflow.name !== forForks && !onlyReadsMain(workflow)),
      )
      .map((trigger) => `${trigger} runs with the permissions of the repository`),
    ...unnamed.map((line) => `no commit with its version in a comment: ${line.trim()}`),
    ...Object.entries(workflow.jobs).flatMap(([name, job]) => jobProblems(name, job, workflow)),
  ];
}
