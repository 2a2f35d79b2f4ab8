import { bothSpellings } from "../../service-model/arn.ts";
import type { ParameterDefinition, StepDefinition } from "../../service-model/definition.ts";
import type { JobKind } from "../../service-model/job-kinds.ts";
import { type AccountRegion, regionalArn } from "../../service-model/partition.ts";
import { madeBy, stepTypeFacts } from "../../service-model/step-types.ts";
import { functionPermission, queuePermission } from "./called-permissions.ts";
import { registrationPermissions } from "./registration-permissions.ts";
import type { Permission } from "./statement.ts";
import { open, valuePatterns } from "./value-patterns.ts";

/** A step, and what is needed to derive its permissions. */
interface Context {
  readonly step: StepDefinition;
  readonly parameters: readonly ParameterDefinition[];
  readonly partition: string;
  readonly arn: (service: string, resource: string) => string;
}

/** Tells whether steps of a type create jobs or models that get a role. */
export function runsWithRole(type: string): boolean {
  return madeBy(type)?.verbs !== undefined;
}

/** Returns patterns of the names that SageMaker gives to a step's resources: the step's own name, cut, with a random end. */
function names(argument: string, { step, parameters }: Context): readonly string[] {
  const chosen = valuePatterns(step.Arguments[argument], parameters).map((name) => name.split(open)[0] ?? "");
  // If the beginning of a name is known only during an execution, SageMaker chooses a name that begins with pipelines-.
  const starts = chosen.map((start) => (/^[a-zA-Z0-9][a-zA-Z0-9-]*$/.test(start) ? start : "pipelines-"));
  return chosen.length === 0 ? ["pipelines-*"] : bothSpellings(starts).map((start) => `${start}*`);
}

function makes(made: (JobKind & { readonly kind: string }) | undefined, context: Context): readonly Permission[] {
  if (made?.verbs === undefined) return [];
  const { kind, resource, nameMember, verbs } = made;
  return [
    {
      Sid: `Run${kind}s`,
      Action: [...verbs.map((verb) => `sagemaker:${verb}${kind}`), "sagemaker:AddTags"].sort(),
      Resource: names(nameMember, context).map((text) => context.arn("sagemaker", `${resource}/${text}`)),
    },
  ];
}

/** Returns the permission for the endpoint configuration, which IAM checks besides the endpoint. */
function deploys(context: Context): Permission {
  return {
    Sid: "DeployEndpointConfigs",
    Action: ["sagemaker:CreateEndpoint", "sagemaker:UpdateEndpoint"],
    Resource: names("EndpointConfigName", context).map((name) => context.arn("sagemaker", `endpoint-config/${name}`)),
  };
}

/** The step types that need other permissions than their row of the table says. */
const others: { readonly [type: string]: (context: Context) => readonly Permission[] } = {
  Endpoint: (context) => [...makes(madeBy("Endpoint"), context), deploys(context)],
  RegisterModel: ({ step, parameters, arn }) => registrationPermissions(step, parameters, arn),
  Lambda: ({ step, parameters }) => [functionPermission(step, parameters)],
  Callback: ({ step, parameters, partition }) => [queuePermission(step, parameters, partition)],
};

/** Returns the line that says why a step's permissions are unknown. */
function unknown({ Name, Type }: StepDefinition): string {
  if (Type === "RegisterModel")
    return `step ${Name}, ModelPackageGroupName: the group is known only during an execution, so the role cannot get permission to register in it; give a name, or a parameter with a default`;
  const why = Object.hasOwn(others, Type)
    ? "its function or queue is known only during an execution"
    : `the permissions of steps of type ${Type} are unknown`;
  return `step ${Name}: ${why}; configure sagemakerPipelineRoleArn with a role that has the permissions`;
}

/**
 * Returns the permissions that a pipeline needs for a step, and one line if they are unknown.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-access.html
 *
 * @param parameters the definition's parameters; each counts as its default and its enum values
 */
export function stepPermissions(
  step: StepDefinition,
  parameters: readonly ParameterDefinition[],
  place: AccountRegion,
): { readonly permissions: readonly Permission[]; readonly problems: readonly string[] } {
  if (stepTypeFacts(step.Type)?.callsNothing) return { permissions: [], problems: [] };
  const arn = (service: string, resource: string) => regionalArn(place, service, resource);
  const context = { step, parameters, partition: place.partition, arn };
  const other = Object.hasOwn(others, step.Type) ? others[step.Type] : undefined;
  const permissions = other?.(context) ?? makes(madeBy(step.Type), context);
  const isKnown = permissions.length > 0 && permissions.every(({ Resource }) => Resource.length > 0);
  return isKnown ? { permissions, problems: [] } : { permissions: [], problems: [unknown(step)] };
}
