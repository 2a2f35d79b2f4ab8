import type { PipelineDefinition } from "../../service-model/definition.ts";
import { type AccountRegion, regionalArn, serviceName } from "../../service-model/partition.ts";
import { definitionSteps } from "../../service-model/step-graph.ts";
import { imagePermissions, repositoriesOf } from "./image-permissions.ts";
import { jobLogs } from "./job-logs.ts";
import { keyPermissions, keysOf } from "./key-permissions.ts";
import { logPermissions } from "./log-permissions.ts";
import { networkOf, networkPermissions } from "./network-permissions.ts";
import { passRolePermissions } from "./pass-role-permissions.ts";
import type { PolicyStatement } from "./policy.ts";
import { policyProblems } from "./policy-parts.ts";
import { s3Permissions, s3Uses } from "./s3-permissions.ts";
import { type Permission, statements } from "./statement.ts";
import { runsWithRole, stepPermissions } from "./step-permissions.ts";

/** A pipeline's definition and its S3 prefix. */
export interface DeployedDefinition {
  /** The pipeline's folder, for messages. */
  readonly folder: string;
  readonly definition: PipelineDefinition;
  readonly prefix: string;
}

/** The settings that all pipelines of a stack share. */
export interface ExecutionContext extends AccountRegion {
  readonly bucketName: string;
  /** The bucket's KMS key, if one is configured. */
  readonly kmsKeyArn?: string | undefined;
}

interface Needs {
  readonly permissions: readonly Permission[];
  /** One line for each permission that cannot be granted. */
  readonly problems: readonly string[];
}

/** Tells whether a place in the stack's bucket is code, data or outside of the pipeline's prefix, so that jobs may not write to it. */
function isOthers(place: string, bucketName: string, own: (place: string) => string): boolean {
  if (!place.startsWith(`${bucketName}/`)) return false;
  const start = place.slice(0, -1);
  const meets = (kept: string) => start.startsWith(kept) || kept.startsWith(start);
  return !start.startsWith(own("")) || meets(own("code/")) || meets(own("data/"));
}

/** Returns the permissions for S3 and for the KMS keys of its objects. */
function dataNeeds({ definition, prefix }: DeployedDefinition, context: ExecutionContext): Needs {
  const steps = definitionSteps(definition).filter(({ Type }) => runsWithRole(Type));
  if (steps.length === 0) return { permissions: [], problems: [] };
  const uses = steps.map((step) => ({ step, ...s3Uses(step, definition.Parameters) }));
  const read = [`${context.bucketName}/${prefix}/*`, ...uses.flatMap((use) => use.read)];
  const { outputs, volumes, problems: keyProblems } = keysOf(definition);
  const own = (place: string) => `${context.bucketName}/${prefix}/${place}`;
  // The command predict runs a registered model in a transform job with this role.
  const predictions = steps.some(({ Type }) => Type === "RegisterModel") ? [`${own("executions/")}*`] : [];
  const objects = [...(context.kmsKeyArn === undefined ? [] : [context.kmsKeyArn]), ...outputs];
  return {
    permissions: [
      ...s3Permissions(context.partition, {
        read,
        written: [...uses.flatMap(({ written }) => written), ...predictions],
      }),
      ...keyPermissions({ objects, volumes }, serviceName("s3", context.region)),
    ],
    problems: [
      ...keyProblems,
      ...uses.flatMap(({ step, unknown, written }) => [
        ...unknown.map(
          (argument) =>
            `step ${step.Name}, ${argument}: the bucket is known only during an execution, so the role cannot get permission to write to it; begin the URI with s3://BUCKET/PREFIX`,
        ),
        ...written
          .filter((place) => isOthers(place, context.bucketName, own))
          .map(
            (place) =>
              `step ${step.Name}: writes to s3://${place}, which can contain code, data or another pipeline's files; write below s3://${own("executions/")}`,
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
      ...passRolePermissions(
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

/**
 * Derives the execution role's permissions from the stack's definitions: the kinds of jobs in them, and the images, S3
 * locations, KMS keys, networks, functions, queues and roles that they name. Jobs may read everything below their pipeline's
 * prefix, because an execution's parameters name data and the baseline's model there. They may write only the outputs of
 * their steps, so a job cannot change code or data.
 *
 * A parameter counts as its default and its enum values, see `valuePatterns`.
 *
 * @returns the statements of the policies, and one line for each permission that cannot be granted
 */
export function executionPermissions(
  deployed: readonly DeployedDefinition[],
  context: ExecutionContext,
): { readonly statements: readonly PolicyStatement[]; readonly problems: readonly string[] } {
  const needs = deployed.map((one) => ({ folder: one.folder, ...needsOf(one, context) }));
  const allowed = statements(needs.flatMap(({ permissions }) => permissions));
  return {
    statements: allowed,
    problems: [
      ...needs.flatMap(({ folder, problems }) => problems.map((line) => `pipeline ${folder}, ${line}`)),
      ...policyProblems("the execution role", allowed),
    ],
  };
}
