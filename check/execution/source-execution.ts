import { aws } from "../../aws/error.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { parametersOf } from "./known-executions.ts";
import { listSteps } from "./list-steps.ts";
import type { PreparedExecution } from "./prepare-execution.ts";
import { executedDefinition } from "./provenance.ts";
import { otherSteps, stepTexts } from "./step-definitions.ts";

type Selected = NonNullable<PreparedExecution["selected"]>;

/** So many executions are looked at for results; older ones are of other data and other code. */
const mostSources = 20;

interface Source {
  readonly arn: string;
  /** Those that it ran with. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Whether an execution's results are those that the pipeline would make now, with these parameters, of the steps before a part. */
async function isAsNow(
  { options, watch }: PreparedExecution,
  { upstream, definition }: Selected,
  { arn, parameters }: Source,
) {
  if (otherSteps(definition, await executedDefinition(watch.sagemaker, arn), upstream).length > 0) return false;
  const texts = stepTexts(definition);
  const isRead = (name: string) => upstream.some((step) => texts.get(step)?.includes(`"Parameters.${name}"`));
  return Object.entries(options.parameters).every(([name, value]) => parameters[name] === value || !isRead(name));
}

/**
 * Where a part of the pipeline takes the results of the other steps from: the latest execution that has them all, which one
 * that failed early or was itself of a later part has not, and has them by the same steps and code: the model would come from
 * another commit than is recorded on it. SageMaker takes them of one that has ended.
 *
 * @throws ExitError (2) if there is none, (6) if AWS cannot be asked
 */
export async function sourceOf(run: PreparedExecution, selected: Selected): Promise<Source> {
  const { latest, options, watch } = run;
  const { needed } = selected;
  const ended = latest.filter(({ status }) => status === "Succeeded" || status === "Failed").slice(0, mostSources);
  for (const { arn } of ended) {
    const steps = await aws(`Listing the steps of ${arn}`, () => listSteps(watch.sagemaker, arn));
    const there = new Set(steps.filter(({ StepStatus }) => StepStatus === "Succeeded").map(({ StepName }) => StepName));
    if (!needed.every((name) => there.has(name))) continue;
    const source = { arn, parameters: await parametersOf(watch.sagemaker, arn) };
    if (await isAsNow(run, selected, source)) return source;
  }
  const what = needed.length === 0 ? "any step" : needed.join(", ");
  throw new ExitError(
    exitCode.usage,
    `--from-step: none of the latest executions of ${options.pipeline.name} has results of ${what} as it is now; run all of it first.`,
  );
}
