import { aws } from "../../aws/error.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { readParameters } from "./known-executions.ts";
import { listSteps } from "./list-steps.ts";
import type { PreparedExecution } from "./prepare-execution.ts";
import { executedDefinition } from "./provenance.ts";
import { otherSteps, stepTexts } from "./step-definitions.ts";

type Selected = NonNullable<PreparedExecution["selected"]>;

/** The most executions that are searched for results. Older ones most likely have other data and code. */
const mostSources = 20;

interface Source {
  readonly arn: string;
  /** The parameters of that execution. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Tells whether the steps before the selected ones had the same code and parameters in an execution as they have now. */
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
 * Finds the source execution for `--from-step`: the latest ended execution that has all needed results, made by identical
 * steps and code. Results of other code would give the model a commit that it was not trained from.
 *
 * @throws ExitError (2) if no execution qualifies, (6) if an AWS call fails
 */
export async function sourceOf(run: PreparedExecution, selected: Selected): Promise<Source> {
  const { latest, options, watch } = run;
  const { needed } = selected;
  const ended = latest.filter(({ status }) => status === "Succeeded" || status === "Failed").slice(0, mostSources);
  for (const { arn } of ended) {
    const steps = await aws(`Listing the steps of ${arn}`, () => listSteps(watch.sagemaker, arn));
    const there = new Set(steps.filter(({ StepStatus }) => StepStatus === "Succeeded").map(({ StepName }) => StepName));
    if (!needed.every((name) => there.has(name))) continue;
    const source = { arn, parameters: await readParameters(watch.sagemaker, arn) };
    if (await isAsNow(run, selected, source)) return source;
  }
  const what = needed.length === 0 ? "any step" : needed.join(", ");
  throw new ExitError(
    exitCode.usage,
    `--from-step: none of the latest executions of ${options.pipeline.name} has results of ${what} with the present code and parameters; run the whole pipeline first.`,
  );
}
