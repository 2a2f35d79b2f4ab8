import { z } from "zod";
import type { Json, PipelineDefinition, StepDefinition } from "../../service-model/definition.ts";
import { isList } from "../../service-model/property-path.ts";
import { placedSteps } from "../../service-model/step-graph.ts";

/** The schema of a job that an execution runs. */
export const pricedJobSchema = z.object({
  step: z.string(),
  /** Undefined if it is not known before the execution. */
  instanceType: z.string().optional(),
  instances: z.number().optional(),
  /** The most seconds that SageMaker lets it run. */
  seconds: z.number().optional(),
  /** Whether the next execution runs it, and does not take its result from the cache. */
  runs: z.boolean(),
});
export type PricedJob = z.infer<typeof pricedJobSchema>;

/**
 * The members with a job's instances, by the type of the step. Other steps have none, or run a number of jobs that is not known.
 * Source: CreateProcessingJob, CreateTrainingJob and CreateTransformJob in the API reference of SageMaker
 */
const instancesOf: Readonly<Record<string, readonly string[]>> = {
  Processing: ["ProcessingResources", "ClusterConfig"],
  Training: ["ResourceConfig"],
  Transform: ["TransformResources"],
};

/**
 * The seconds after which SageMaker stops a job without a limit of its own: a day. Transform jobs have no such limit.
 * Source: StoppingCondition in https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StoppingCondition.html and, for
 * processing jobs, https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-sagemaker-processingjob-stoppingcondition.html
 */
const defaultSeconds: Readonly<Record<string, number>> = { Processing: 86_400, Training: 86_400 };

function memberOf(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== "object" || value === null || isList(value)) return undefined;
  return value[name];
}

/** Returns a value, or the default value of the parameter that it refers to. */
function resolved(value: Json | undefined, { Parameters }: PipelineDefinition): Json | undefined {
  const reference = memberOf(value, "Get");
  if (typeof reference !== "string") return value;
  const [, name] = /^Parameters\.(.+)$/.exec(reference) ?? [];
  return Parameters.find((parameter) => parameter.Name === name)?.DefaultValue;
}

function numberOf(value: Json | undefined): number | undefined {
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;
}

function jobOf({ Name, Type, Arguments }: StepDefinition, definition: PipelineDefinition, runs: boolean): PricedJob {
  const own = (Arguments ?? {}) as Json;
  const cluster = (instancesOf[Type] ?? []).reduce<Json | undefined>(memberOf, own);
  const type = resolved(memberOf(cluster, "InstanceType"), definition);
  const limit = memberOf(memberOf(own, "StoppingCondition"), "MaxRuntimeInSeconds");
  return {
    step: Name,
    instanceType: typeof type === "string" ? type : undefined,
    instances: numberOf(resolved(memberOf(cluster, "InstanceCount"), definition)),
    seconds: limit === undefined ? defaultSeconds[Type] : numberOf(resolved(limit, definition)),
    runs,
  };
}

/**
 * Lists the jobs of an execution with default parameter values, with their instances and time limits. Leaves out a loop's body,
 * because the number of its items is not known.
 *
 * @param runs tells whether the next execution runs a step
 */
export function pricedJobs(definition: PipelineDefinition, runs: (step: string) => boolean): readonly PricedJob[] {
  return placedSteps(definition)
    .filter(({ step, containers }) => step.Type in instancesOf && containers.every(({ part }) => part !== "body"))
    .map(({ step }) => jobOf(step, definition, runs(step.Name)));
}
