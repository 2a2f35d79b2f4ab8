import type { ParameterDefinition, StepDefinition } from "../../service-model/definition.ts";
import { type AccountRegion, regionalArn } from "../../service-model/partition.ts";
import type { Permission } from "./statement.ts";
import { open, policyText, valuePatterns } from "./value-patterns.ts";

/** A kind of thing that SageMaker makes for a step, in the role's name. */
interface Made {
  /** As operations spell it: `ProcessingJob`. */
  readonly kind: string;
  /** As ARNs spell it: `processing-job`. */
  readonly resource: string;
  /** The argument with its name, if the step chooses one. */
  readonly name: string;
  /** What pipelines do with it. */
  readonly verbs: readonly string[];
  /** What it logs to, and its metrics' namespace, below `/aws/sagemaker/`. */
  readonly logs?: string;
}

const job = ["Create", "Describe", "Stop"] as const;
const processing: Made = {
  kind: "ProcessingJob",
  resource: "processing-job",
  name: "ProcessingJobName",
  verbs: job,
  logs: "ProcessingJobs",
};

/**
 * What the steps of a type make with the pipeline's role. Jobs of tuning are training jobs that SageMaker starts itself.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-access.html
 */
const made: Readonly<Record<string, Made>> = {
  Processing: processing,
  QualityCheck: processing,
  ClarifyCheck: processing,
  Training: {
    kind: "TrainingJob",
    resource: "training-job",
    name: "TrainingJobName",
    verbs: job,
    logs: "TrainingJobs",
  },
  Tuning: {
    kind: "HyperParameterTuningJob",
    resource: "hyper-parameter-tuning-job",
    name: "HyperParameterTuningJobName",
    verbs: job,
    logs: "TrainingJobs",
  },
  Transform: {
    kind: "TransformJob",
    resource: "transform-job",
    name: "TransformJobName",
    verbs: job,
    logs: "TransformJobs",
  },
  Model: { kind: "Model", resource: "model", name: "ModelName", verbs: ["Create", "Describe"] },
  EndpointConfig: {
    kind: "EndpointConfig",
    resource: "endpoint-config",
    name: "EndpointConfigName",
    verbs: ["Create", "Describe"],
  },
  Endpoint: {
    kind: "Endpoint",
    resource: "endpoint",
    name: "EndpointName",
    verbs: ["Create", "Describe", "Update"],
    logs: "Endpoints",
  },
};

/** All kinds of jobs, as their log groups are named: `TrainingJobs`. */
export const kindsOfJobs: readonly string[] = [
  ...new Set(Object.values(made).flatMap(({ logs = "" }) => (logs.endsWith("Jobs") ? [logs] : []))),
];

/** Step types that need nothing of the role. */
const without: ReadonlySet<string> = new Set(["Condition", "ForEach", "Fail"]);

/** Whether steps of a type have SageMaker run containers, or make models of them, with the role. */
export function runsWithRole(type: string): boolean {
  return Object.hasOwn(made, type) || type === "RegisterModel";
}

/** Where jobs of a step type log to and have their metrics, below `/aws/sagemaker/`; undefined where there is no job. */
export function logsOf(type: string): string | undefined {
  return Object.hasOwn(made, type) ? made[type]?.logs : undefined;
}

/** The name that SageMaker gives to what a step makes: its own, cut and with something random at the end. */
function names(argument: string, step: StepDefinition, parameters: readonly ParameterDefinition[]): readonly string[] {
  const chosen = valuePatterns(step.Arguments[argument], parameters).map((name) => name.split(open)[0] ?? "");
  // What begins with what only the execution knows, or is no name, could be any: then it is SageMaker's own.
  const starts = chosen.map((start) => (/^[a-zA-Z0-9][a-zA-Z0-9-]*$/.test(start) ? start : "pipelines-"));
  // ARNs spell names in lower case; what a request is about is not documented to.
  const both = starts.flatMap((start) => [start, start.toLowerCase()]);
  return chosen.length === 0 ? ["pipelines-*"] : both.map((start) => `${start}*`);
}

function makes({ kind, resource, name, verbs }: Made, step: StepDefinition, context: Context): Permission {
  return {
    Sid: `Run${kind}s`,
    Action: [...verbs.map((verb) => `sagemaker:${verb}${kind}`), "sagemaker:AddTags"].sort(),
    Resource: names(name, step, context.parameters).map((text) => context.arn("sagemaker", `${resource}/${text}`)),
  };
}

/** An endpoint is made from a configuration, which IAM asks for, too. */
function deploys(step: StepDefinition, { parameters, arn }: Context): Permission {
  const configurations = names("EndpointConfigName", step, parameters);
  return {
    Sid: "DeployEndpointConfigs",
    Action: ["sagemaker:CreateEndpoint", "sagemaker:UpdateEndpoint"],
    Resource: configurations.map((name) => arn("sagemaker", `endpoint-config/${name}`)),
  };
}

interface Context {
  readonly parameters: readonly ParameterDefinition[];
  readonly arn: (service: string, resource: string) => string;
}

/**
 * Registration, as PendingManualApproval only: so that no pipeline approves its own model. SageMaker Pipelines makes the group
 * first, and tags it, also where it exists: that is refused as a mistake then, and has to be allowed all the same.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
function registers(step: StepDefinition, { parameters, arn }: Context): readonly Permission[] {
  const groups = groupsOf(step, parameters);
  const versions = groups.map((group) => arn("sagemaker", `model-package/${group.toLowerCase()}/*`));
  const named = groups.flatMap((group) => [group, group.toLowerCase()]);
  return [
    {
      Sid: "MakeModelGroups",
      Action: ["sagemaker:AddTags", "sagemaker:CreateModelPackageGroup"],
      Resource: [...new Set(named)].map((group) => arn("sagemaker", `model-package-group/${group}`)),
    },
    {
      Sid: "RegisterPendingModels",
      Action: ["sagemaker:CreateModelPackage"],
      Resource: versions,
      Condition: { StringEquals: { "sagemaker:ModelApprovalStatus": "PendingManualApproval" } },
    },
    { Sid: "DescribeModels", Action: ["sagemaker:AddTags", "sagemaker:DescribeModelPackage"], Resource: versions },
  ];
}

/** The groups that a step registers in; none unless every one of them is known. */
function groupsOf(step: StepDefinition, parameters: readonly ParameterDefinition[]): readonly string[] {
  const names = valuePatterns(step.Arguments["ModelPackageGroupName"], parameters);
  return names.every((name) => /^[a-zA-Z0-9][a-zA-Z0-9-]*$/.test(name)) ? names : [];
}

/** The ARN of a queue, from its URL. Source: https://docs.aws.amazon.com/general/latest/gr/sqs-service.html */
function queueArn(url: string, partition: string): string | undefined {
  const [, region, account, queue] =
    /^https:\/\/sqs\.([a-z0-9-]+)\.[a-z.]+\/(\d{12})\/([\w-]+(?:\.fifo)?)$/.exec(url) ?? [];
  return queue === undefined ? undefined : `arn:${partition}:sqs:${region}:${account}:${queue}`;
}

/** A member beside the arguments, such as `FunctionArn`. */
function member(step: StepDefinition, name: string, parameters: readonly ParameterDefinition[]): readonly string[] {
  return valuePatterns((step as unknown as StepDefinition["Arguments"])[name], parameters);
}

const functionArn = /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/;

/** One function, by its ARN, or several; nothing unless every one is known. */
function functions(step: StepDefinition, parameters: readonly ParameterDefinition[]): Permission {
  const arns = member(step, "FunctionArn", parameters);
  const Resource = arns.every((arn) => functionArn.test(arn)) ? arns.map(policyText) : [];
  return { Sid: "InvokeFunctions", Action: ["lambda:InvokeFunction"], Resource };
}

/** One queue, by its URL, or several; nothing unless every one is known. */
function queues(step: StepDefinition, { parameters }: Context, { partition }: AccountRegion): Permission {
  const urls = member(step, "SqsQueueUrl", parameters);
  const arns = urls.flatMap((url) => queueArn(url, partition) ?? []);
  return { Sid: "SendToQueues", Action: ["sqs:SendMessage"], Resource: arns.length === urls.length ? arns : [] };
}

/**
 * What a step's role needs to make what it makes, and one line where that cannot be known.
 *
 * @param parameters of the definition, whose defaults and enums stand for them
 */
export function stepPermissions(
  step: StepDefinition,
  parameters: readonly ParameterDefinition[],
  place: AccountRegion,
): { readonly permissions: readonly Permission[]; readonly problems: readonly string[] } {
  const arn = (service: string, resource: string) => regionalArn(place, service, resource);
  const context = { parameters, arn };
  const known = (permissions: readonly Permission[]) => ({ permissions, problems: [] });
  if (without.has(step.Type)) return known([]);
  const makesKind = Object.hasOwn(made, step.Type) ? made[step.Type] : undefined;
  if (step.Type === "Endpoint") return known([makes(made["Endpoint"] as Made, step, context), deploys(step, context)]);
  if (makesKind !== undefined) return known([makes(makesKind, step, context)]);
  if (step.Type === "RegisterModel")
    return groupsOf(step, parameters).length > 0
      ? known(registers(step, context))
      : {
          permissions: [],
          problems: [
            `step ${step.Name}, ModelPackageGroupName: only the execution knows the group, so that the role cannot be allowed to register there; give a name, or a parameter with a default`,
          ],
        };
  const named =
    step.Type === "Lambda"
      ? functions(step, parameters)
      : step.Type === "Callback"
        ? queues(step, context, place)
        : undefined;
  if (named !== undefined && named.Resource.length > 0) return known([named]);
  const why =
    named === undefined
      ? `what a step of type ${step.Type} needs of its role is not known here`
      : "only the execution knows what it calls";
  return {
    permissions: [],
    problems: [`step ${step.Name}: ${why}; configure sagemakerPipelineRoleArn, a role that has what it needs`],
  };
}
