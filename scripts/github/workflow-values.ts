import { ExitError, exitCode } from "../../exit-code.ts";
import type { StackOutputs } from "../../stack-outputs.ts";

type Values = Readonly<Record<string, string>>;

/** The environments that train.yml deploys to, in this order. */
export const environmentOrder = ["dev", "staging", "production"] as const;
export type EnvironmentName = (typeof environmentOrder)[number];

/** The secrets that the workflows read. A stack whose secrets a KMS key encrypts needs none. */
export const workflowSecrets = ["PULUMI_CONFIG_PASSPHRASE"] as const;

/** What the workflows must know of a stack. */
export interface WorkflowStack {
  readonly stack: string;
  readonly outputs: StackOutputs;
  readonly github: NonNullable<StackOutputs["github"]>;
  readonly roles: NonNullable<StackOutputs["githubRoleArns"]>;
  readonly stateBackend: string;
}

/**
 * Returns a stack with the outputs that the workflows need.
 *
 * @throws ExitError (2) if its configuration gives GitHub no access
 */
export function workflowStack(stack: string, outputs: StackOutputs): WorkflowStack {
  const { github, githubRoleArns: roles } = outputs;
  const missing = (key: string) =>
    new ExitError(
      exitCode.usage,
      `The stack ${stack} has no ${key}: set it (docs/github.md), run pulumi up, and run this again.`,
    );
  if (github == null || roles == null) throw missing("configuration github.repository");
  if (github.stateBackend === undefined) throw missing("configuration github.stateBackend");
  return { stack, outputs, github, roles, stateBackend: github.stateBackend };
}

/** Returns the variables that all places need. */
function stackVariables({ stack, outputs, stateBackend }: WorkflowStack): Values {
  return { AWS_REGION: outputs.region, PULUMI_STACK: stack, PULUMI_BACKEND_URL: stateBackend };
}

/**
 * Returns the variables of a stack's environment: those that the deploying jobs read, and those of AWS's template for SageMaker
 * training. The workflows do not pass the template's on, because `pulumi up` would then adopt the stack's own bucket and role.
 */
export function environmentVariables(of: WorkflowStack): Values {
  const { outputs, roles } = of;
  const { name, id, arn, nameId } = outputs.sagemakerProject ?? {};
  const project = {
    SAGEMAKER_PROJECT_ARN: arn,
    SAGEMAKER_PROJECT_ID: id,
    SAGEMAKER_PROJECT_NAME: name,
    SAGEMAKER_PROJECT_NAME_ID: nameId ?? (name === undefined || id === undefined ? undefined : `${name}-${id}`),
  };
  return {
    ...stackVariables(of),
    AWS_DEPLOY_ROLE_ARN: roles.deploy,
    ARTIFACT_BUCKET: outputs.artifactBucket,
    AWS_DEV_ACCOUNT_NUMBER: outputs.account,
    SAGEMAKER_PIPELINE_ROLE_ARN: outputs.roleArn,
    ...Object.fromEntries(
      Object.entries(project).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
    ),
  };
}

/** Returns the variables of the repository with which pull requests preview the stack. Their jobs have no environment. */
export function previewVariables(of: WorkflowStack): Values {
  return { ...stackVariables(of), AWS_PREVIEW_ROLE_ARN: of.roles.preview };
}

/** Returns the environment of drift.yml and its variables; undefined if an older program deployed the stack. */
export function driftEnvironment(of: WorkflowStack): { readonly name: string; readonly variables: Values } | undefined {
  const [name, role] = [of.github.driftEnvironment, of.roles.drift];
  if (name === undefined || role === undefined) return undefined;
  return { name, variables: { ...stackVariables(of), AWS_DRIFT_ROLE_ARN: role } };
}

/**
 * Adds an environment to the repository's variable `ENVIRONMENTS`, a list in JSON of those that train.yml deploys to. A job's
 * condition can read it; it cannot read the variables of an environment.
 * Source: https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability
 *
 * @throws ExitError (2) if the present value is no such list
 */
export function withEnvironment(present: string | undefined, name: EnvironmentName): string {
  let names: unknown;
  try {
    names = JSON.parse(present ?? "[]");
  } catch {
    names = undefined;
  }
  if (!Array.isArray(names) || names.some((each) => !environmentOrder.includes(each)))
    throw new ExitError(
      exitCode.usage,
      `The repository's variable ENVIRONMENTS has ${present}, not a list of ${environmentOrder.join(", ")}: correct or delete it.`,
    );
  return JSON.stringify(environmentOrder.filter((each) => each === name || names.includes(each)));
}
