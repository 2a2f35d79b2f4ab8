import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { repository } from "../../scripts/local-stack/folders.ts";

export interface WorkflowStep {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly "timeout-minutes"?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface WorkflowJob {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly environment?: { readonly name: string; readonly url: string };
  readonly permissions?: Readonly<Record<string, string>> | string;
  readonly "timeout-minutes"?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** The workflow that the job calls. Such a job has no steps. */
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly secrets?: "inherit" | Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly WorkflowStep[];
}

export interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, { readonly branches?: readonly string[] } | null>> | readonly string[] | string;
  readonly permissions?: Readonly<Record<string, string>> | string;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

export const workflowFolder = join(repository, ".github", "workflows");

/** The texts of the workflow files, by file name. */
export function workflowTexts(): ReadonlyMap<string, string> {
  const files = readdirSync(workflowFolder);
  return new Map(files.map((file) => [file, readFileSync(join(workflowFolder, file), "utf8")]));
}

export function parseWorkflow(text: string): Workflow {
  const workflow = parse(text) as Workflow;
  const jobs = Object.entries(workflow.jobs).map(([name, job]) => [name, { ...job, steps: job.steps ?? [] }]);
  return { ...workflow, jobs: Object.fromEntries(jobs) };
}

/** Returns a job of a workflow. @throws AssertionError if it is missing */
export function jobOf(workflow: Workflow, name: string): WorkflowJob {
  const job = workflow.jobs[name];
  if (job === undefined) throw new Error(`there is no job ${name}; there are ${Object.keys(workflow.jobs).join(", ")}`);
  return job;
}

/** Returns a step of a job by its name or by its action. */
export function stepOf(job: WorkflowJob, name: string): WorkflowStep {
  const step = job.steps.find((one) => one.name === name || one.uses?.startsWith(`${name}@`));
  if (step === undefined) throw new Error(`there is no step ${name}`);
  return step;
}
