import type { ParameterDefinition, StepDefinition } from "../../service-model/definition.ts";
import type { JobKind } from "../../service-model/job-kinds.ts";
import { type AccountRegion, regionalArn } from "../../service-model/partition.ts";
import { madeBy, stepTypeFacts } from "../../service-model/step-types.ts";
import { functionPermission, queuePermission } from "./called-permissions.ts";
import { registrationPermissions } from "./registration-permissions.ts";
import type { Permission } from "./statement.ts";
import { open, valuePatterns } from "./value-patterns.ts";

/** What a pipeline calls for one step. */
interface Context {
  readonly step: StepDefinition;
  readonly parameters: readonly ParameterDefinition[];
  readonly partition: string;
  readonly arn: (service: string, resource: string) => string;
}

/** Whether steps of a type have SageMaker run containers, or make models of them, with the role. */
export function runsWithRole(type: string): boolean {
  return madeBy(type)?.verbs !== undefined;
}

/** The name that SageMaker gives to what a step makes: its own, cut and with something random at the end. */
function names(argument: string, { step, parameters }: Context): readonly string[] {
  const chosen = valuePatterns(step.Arguments[argument], parameters).map((name) => name.split(open)[0] ?? "");
  // What begins with what only the execution knows, or is no name, could be any: then it is SageMaker's own.
  const starts = chosen.map((start) => (/^[a-zA-Z0-9][a-zA-Z0-9-]*$/.test(start) ? start : "pipelines-"));
  // ARNs spell names in lower case; what a request is about is not documented to.
  const both = starts.flatMap((start) => [start, start.toLowerCase()]);
  return chosen.length === 0 ? ["pipelines-*"] : both.map((start) => `${start}*`);
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

/** An endpoint is made from a configuration, which IAM asks for, too. */
function deploys(context: Context): Permission {
  return {
    Sid: "DeployEndpointConfigs",
    Action: ["sagemaker:CreateEndpoint", "sagemaker:UpdateEndpoint"],
    Resource: names("EndpointConfigName", context).map((name) => context.arn("sagemaker", `endpoint-config/${name}`)),
  };
}

/** The step types that need something else than to make what their row names. */
const others: { readonly [type: string]: (context: Context) => readonly Permission[] } = {
  Endpoint: (context) => [...makes(madeBy("Endpoint"), context), deploys(context)],
  RegisterModel: ({ step, parameters, arn }) => registrationPermissions(step, parameters, arn),
  Lambda: ({ step, parameters }) => [functionPermission(step, parameters)],
  Callback: ({ step, parameters, partition }) => [queuePermission(step, parameters, partition)],
};

/** Why what a step needs cannot be known. */
function unknown({ Name, Type }: StepDefinition): string {
  if (Type === "RegisterModel")
    return `step ${Name}, ModelPackageGroupName: only the execution knows the group, so that the role cannot be allowed to register there; give a name, or a parameter with a default`;
  const why = Object.hasOwn(others, Type)
    ? "only the execution knows what it calls"
    : `what a step of type ${Type} needs of its role is not known here`;
  return `step ${Name}: ${why}; configure sagemakerPipelineRoleArn, a role that has what it needs`;
}

/**
 * Returns what a step's role needs to make what it makes, and one line where that cannot be known.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-access.html
 *
 * @param parameters of the definition, whose defaults and enums stand for them
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
