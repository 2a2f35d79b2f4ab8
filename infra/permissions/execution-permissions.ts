import type { PipelineDefinition } from "../../service-model/definition.ts";
import { type AccountRegion, regionalArn, serviceName } from "../../service-model/partition.ts";
import { definitionSteps } from "../../service-model/step-graph.ts";
import { imagePermissions, repositoriesOf } from "./image-permissions.ts";
import { jobLogs } from "./job-logs.ts";
import { keyPermissions, keysOf } from "./key-permissions.ts";
import { logPermissions } from "./log-permissions.ts";
import { networkOf, networkPermissions } from "./network-permissions.ts";
import { type PolicyStatement, policyDocument } from "./policy.ts";
import { rolePermissions } from "./role-permissions.ts";
import { s3Permissions, s3Uses } from "./s3-permissions.ts";
import { type Permission, statements } from "./statement.ts";
import { runsWithRole, stepPermissions } from "./step-permissions.ts";

/** A pipeline's definition, and where it keeps its data. */
export interface DeployedDefinition {
  /** The pipeline's folder, for messages. */
  readonly folder: string;
  readonly definition: PipelineDefinition;
  readonly prefix: string;
}

/** What all pipelines of a stack share. */
export interface ExecutionContext extends AccountRegion {
  readonly bucketName: string;
  /** The KMS key of the bucket, if it has one of its own. */
  readonly kmsKeyArn?: string | undefined;
}

interface Needs {
  readonly permissions: readonly Permission[];
  /** One line for each thing that a role cannot be allowed. */
  readonly problems: readonly string[];
}

/** Whether a place in the stack's bucket is not the pipeline's to write, or could be code or data: `<bucket>/<start of keys>*`. */
function isOthers(place: string, bucketName: string, own: (place: string) => string): boolean {
  if (!place.startsWith(`${bucketName}/`)) return false;
  const start = place.slice(0, -1);
  const meets = (kept: string) => start.startsWith(kept) || kept.startsWith(start);
  return !start.startsWith(own("")) || meets(own("code/")) || meets(own("data/"));
}

/** The places on S3, and the keys of what is there. */
function dataNeeds({ definition, prefix }: DeployedDefinition, context: ExecutionContext): Needs {
  const steps = definitionSteps(definition).filter(({ Type }) => runsWithRole(Type));
  if (steps.length === 0) return { permissions: [], problems: [] };
  const uses = steps.map((step) => ({ step, ...s3Uses(step, definition.Parameters) }));
  const read = [`${context.bucketName}/${prefix}/*`, ...uses.flatMap((use) => use.read)];
  const { outputs, volumes, problems: keyProblems } = keysOf(definition);
  const own = (place: string) => `${context.bucketName}/${prefix}/${place}`;
  const objects = [...(context.kmsKeyArn === undefined ? [] : [context.kmsKeyArn]), ...outputs];
  return {
    permissions: [
      ...s3Permissions(context.partition, { read, written: uses.flatMap(({ written }) => written) }),
      ...keyPermissions({ objects, volumes }, serviceName("s3", context.region)),
    ],
    problems: [
      ...keyProblems,
      ...uses.flatMap(({ step, unknown, written }) => [
        ...unknown.map(
          (argument) =>
            `step ${step.Name}, ${argument}: only the execution knows the bucket, so that the role cannot be allowed to write there; begin the URI with s3://BUCKET/PREFIX`,
        ),
        ...written
          .filter((place) => isOthers(place, context.bucketName, own))
          .map(
            (place) =>
              `step ${step.Name}: it writes to s3://${place}, where code, data or another pipeline's files are; write below s3://${own("executions/")}`,
          ),
      ]),
    ],
  };
}

function needsOf(deployed: DeployedDefinition, context: ExecutionContext): Needs {
  const { definition } = deployed;
  const arn = (service: string) => (resource: string) => regionalArn(context, service, resource);
  const steps = definitionSteps(definition);
  const made = steps.map((step) => stepPermissions(step, definition.Parameters, context));
  const images = repositoriesOf(definition, context.partition);
  const data = dataNeeds(deployed, context);
  const network = networkOf(definition);
  return {
    permissions: [
      ...made.flatMap(({ permissions }) => permissions),
      ...rolePermissions(
        steps.filter(({ Type }) => runsWithRole(Type)),
        definition,
        context.account,
      ),
      ...data.permissions,
      ...imagePermissions(images.repositories),
      ...jobLogs(definition).flatMap((logs) => logPermissions(logs, arn("logs"))),
      ...networkPermissions(network, context),
    ],
    problems: [...made.flatMap(({ problems }) => problems), ...data.problems, ...images.problems, ...network.problems],
  };
}

/** Characters that IAM takes as the inline policies of a role. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const inlinePolicyCharacters = 10_240;

/**
 * What the role of a stack's pipelines needs, derived from their definitions: exactly the kinds of jobs in them, their
 * images, the places on S3 that they name, their keys, networks, functions and queues, and no role to pass but the ones
 * they name. Everything below a pipeline's own prefix can be read (data and the baseline's model come with an execution),
 * only what its steps write can be written: a job can change neither code nor data.
 *
 * Parameters stand for their default and their enum, as `valuePatterns` says.
 *
 * @returns the statements of the policy, and one line for each thing that the role cannot be allowed
 */
export function executionPermissions(
  deployed: readonly DeployedDefinition[],
  context: ExecutionContext,
): { readonly statements: readonly PolicyStatement[]; readonly problems: readonly string[] } {
  const needs = deployed.map((one) => ({ folder: one.folder, ...needsOf(one, context) }));
  const allowed = statements(needs.flatMap(({ permissions }) => permissions));
  const { length } = policyDocument(allowed);
  return {
    statements: allowed,
    problems: [
      ...needs.flatMap(({ folder, problems }) => problems.map((line) => `pipeline ${folder}, ${line}`)),
      ...(length <= inlinePolicyCharacters
        ? []
        : [
            `the execution role's policy has ${length} characters, IAM takes ${inlinePolicyCharacters}; deploy fewer pipelines with a stack (onlyPipelines)`,
          ]),
    ],
  };
}
