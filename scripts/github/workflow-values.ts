import { ExitError, exitCode } from "../../exit-code.ts";
import { defined } from "../../service-model/defined.ts";
import type { StackOutputs } from "../../stack-outputs.ts";

type Values = Readonly<Record<string, string>>;

/** The environments that train.yml deploys to, in this order. */
export const environmentOrder = ["dev", "staging", "production"] as const;
export type EnvironmentName = (typeof environmentOrder)[number];

/** The secrets that the workflows read. A stack whose secrets a KMS key encrypts needs none. */
export const workflowSecrets = ["PULUMI_CONFIG_PASSPHRASE"] as const;

/** A stack with the values that the workflows need. */
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
    ...{ SAGEMAKER_PROJECT_ARN: arn, SAGEMAKER_PROJECT_ID: id },
    ...{ SAGEMAKER_PROJECT_NAME: name, SAGEMAKER_PROJECT_NAME_ID: nameId },
  };
  return {
    ...stackVariables(of),
    AWS_DEPLOY_ROLE_ARN: roles.deploy,
    ARTIFACT_BUCKET: outputs.artifactBucket,
    AWS_DEV_ACCOUNT_NUMBER: outputs.account,
    SAGEMAKER_PIPELINE_ROLE_ARN: outputs.roleArn,
    ...defined(project),
  };
}

/** Returns the variables of the repository with which pull requests preview the stack. Their jobs have no environment. */
export function previewVariables(of: WorkflowStack): Values {
  return { ...stackVariables(of), AWS_PREVIEW_ROLE_ARN: of.roles.preview };
}

/** An environment beside the deploying one, with its variables. */
export interface BesideEnvironment {
  readonly name: string;
  readonly variables: Values;
  /** Whether its jobs run code that nobody has merged, so that a person must approve them. Otherwise nobody approves them. */
  readonly reviewed: boolean;
}

/** Returns the environments of drift.yml and of the dev stacks' workflows, as far as the stack has roles for them. */
export function besideEnvironments(of: WorkflowStack): readonly BesideEnvironment[] {
  const { github, roles, outputs } = of;
  const drift = { ...stackVariables(of), AWS_DRIFT_ROLE_ARN: roles.drift ?? "" };
  const compared =
    github.driftEnvironment === undefined || roles.drift === undefined
      ? []
      : [{ name: github.driftEnvironment, variables: drift, reviewed: false }];
  const { devStacks } = github;
  if (devStacks === undefined || roles.devStacks === undefined) return compared;
  const variables = {
    AWS_REGION: outputs.region,
    AWS_DEV_ACCOUNT_NUMBER: outputs.account,
    AWS_PERMISSIONS_BOUNDARY_ARN: devStacks.permissionsBoundaryArn,
    AWS_DEV_STACK_ROLE_ARN: roles.devStacks,
    PULUMI_BACKEND_URL: devStacks.stateBackend,
  };
  const { deploy, clean } = devStacks.environments;
  return [...compared, { name: deploy, variables, reviewed: true }, { name: clean, variables, reviewed: false }];
}

/**
 * Returns the new value of a repository's variable that lists environments in JSON: `ENVIRONMENTS` has those that train.yml deploys
 * to, and `DEV_STACK_ENVIRONMENTS` those with dev stacks. A job's condition can read it; it cannot read the variables of an
 * environment.
 * Source: https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability
 *
 * @param present the present value, if there is one
 * @param change the environment, and whether the list shall have it
 * @throws ExitError (2) if the present value is no such list
 */
export function listedEnvironments(
  variable: string,
  present: string | undefined,
  { name, has }: { readonly name: EnvironmentName; readonly has: boolean },
): string {
  let names: unknown;
  try {
    names = JSON.parse(present ?? "[]");
  } catch {
    names = undefined;
  }
  if (!Array.isArray(names) || names.some((each) => !environmentOrder.includes(each)))
    throw new ExitError(
      exitCode.usage,
      `The repository's variable ${variable} has ${present}, not a list of ${environmentOrder.join(", ")}: correct or delete it.`,
    );
  return JSON.stringify(environmentOrder.filter((each) => (each === name ? has : names.includes(each))));
}
