import type { PipelineExecutionStep, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { comparedArguments, constantVariables } from "../../service-model/cache-key.ts";
import { isFresh } from "../../service-model/cache-lifetime.ts";
import type { PipelineDefinition, StepDefinition } from "../../service-model/definition.ts";
import { ownArguments, placedSteps, references } from "../../service-model/step-graph.ts";
import { stepTypeFacts } from "../../service-model/step-types.ts";
import { listSteps } from "./list-steps.ts";

/** The steps of each execution that was read, by its ARN. */
type Sources = ReadonlyMap<string, readonly PipelineExecutionStep[]>;

function sourceArn({ CacheHitResult }: PipelineExecutionStep): string | undefined {
  return CacheHitResult?.SourcePipelineExecutionArn;
}

/** Returns the end of the run whose result a step has, which another execution may have made. */
function ranUntil(step: PipelineExecutionStep, sources: Sources): Date | undefined {
  const arn = sourceArn(step);
  if (arn === undefined) return step.EndTime;
  return sources.get(arn)?.find(({ StepName }) => StepName === step.StepName)?.EndTime;
}

/** Tells whether the step cache has the result of a step for an execution that starts now. Epoch seconds. */
function isKept({ CacheConfig }: StepDefinition, status: string | undefined, ended: Date | undefined, now: number) {
  if (CacheConfig?.Enabled !== true || status !== "Succeeded" || ended === undefined) return false;
  return isFresh(ended.getTime() / 1000, CacheConfig.ExpireAfter, now);
}

/** Finds the execution variables in the JSON of a value. */
const variables = /"Get":"Execution\.(\w+)"/g;

/** Tells whether the step cache compares a value that differs in each execution, such as the name of a model that a step made. */
function differsEachTime(step: StepDefinition, declared: ReadonlyMap<string, StepDefinition>): boolean {
  return (comparedArguments(step, ownArguments(step) ?? {}) ?? []).some(
    ([, value]) =>
      [...JSON.stringify(value).matchAll(variables)].some(([, name = ""]) => !constantVariables.has(name)) ||
      [...references(value)].some((name) => {
        const { makes, cacheKey } = stepTypeFacts(declared.get(name)?.Type ?? "") ?? {};
        return makes !== undefined && cacheKey === undefined;
      }),
  );
}

/**
 * Names the steps of an ended execution that would run again in a new one with equal inputs: those without a step cache, those
 * whose cached result has expired, and those with an argument that differs in each execution. Conditions, registrations and
 * other types that are never cached do not count, because they start no job.
 *
 * @param now milliseconds since the epoch
 * @param sources the steps of the executions whose cached results the execution used
 */
export function stepsToRerun(
  definition: string,
  steps: readonly PipelineExecutionStep[],
  sources: Sources,
  now: number,
): readonly string[] {
  const { Steps = [] } = JSON.parse(definition) as Partial<PipelineDefinition>;
  const declared = new Map(placedSteps({ Steps }).map(({ step }) => [step.Name, step]));
  return steps.flatMap((step) => {
    const { StepName = "" } = step;
    const own = declared.get(StepName);
    // A step of a loop has another name for each turn. It counts as one that runs again.
    if (own === undefined) return StepName;
    if (stepTypeFacts(own.Type)?.cacheKey === undefined) return [];
    const kept = isKept(own, step.StepStatus, ranUntil(step, sources), now / 1000) && !differsEachTime(own, declared);
    return kept ? [] : StepName;
  });
}

/** Reads the executions whose cached results the steps have. */
export async function cacheSources(sagemaker: SageMakerClient, steps: readonly PipelineExecutionStep[]) {
  const arns = [...new Set(steps.flatMap((step) => sourceArn(step) ?? []))];
  return new Map(await Promise.all(arns.map(async (arn) => [arn, await listSteps(sagemaker, arn)] as const)));
}
