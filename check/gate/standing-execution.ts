import { aws } from "../../aws/error.ts";
import type { KnownExecution } from "../execution/known-executions.ts";
import { listSteps, registeredPackages } from "../execution/list-steps.ts";
import type { PreparedExecution } from "../execution/prepare-execution.ts";
import { cacheSources, stepsToRerun } from "../execution/rerun-steps.ts";
import { findBaselines } from "./baseline.ts";
import type { CheckOptions } from "./check-options.ts";
import { modelParameters } from "./compared-models.ts";

/** The last judged execution with the same inputs, whatever commit it is from. */
function lastJudged({ latest, deployed }: PreparedExecution): KnownExecution | undefined {
  const last = latest.find(({ note }) => note?.inputs !== undefined && note.inputs === deployed?.inputs);
  const { verdict } = last?.note ?? {};
  return verdict === undefined || verdict === "error" ? undefined : last;
}

/**
 * Tells whether a new execution would only repeat this one: no job would run, and it compared with the models that a check
 * would compare with now. The model that it registered itself does not count as one of those.
 */
async function stands(options: CheckOptions, { arn, note }: KnownExecution, definition: string): Promise<boolean> {
  const { clients, pipeline, baseline } = options;
  const { sagemaker } = clients;
  const [steps, sources] = await aws(`Reading the steps of ${arn}`, async () => {
    const own = await listSteps(sagemaker, arn);
    return [own, await cacheSources(sagemaker, own)] as const;
  });
  if (stepsToRerun(definition, steps, sources, clients.clock.now()).length > 0) return false;
  const models = modelParameters(
    pipeline.gate,
    await findBaselines(clients, pipeline, baseline, registeredPackages(steps)),
  );
  const { models: compared = {} } = note ?? {};
  return (
    models.length === Object.keys(compared).length &&
    models.every(([name, { modelPackageArn }]) => compared[name] === modelPackageArn)
  );
}

/**
 * Chooses an earlier execution in place of a new one that would only repeat it, as after a push that changes the README alone.
 * The check judges that execution again, so that the thresholds of today count.
 *
 * @throws ExitError (6) if an AWS call fails
 */
export async function withStanding(options: CheckOptions, prepared: PreparedExecution): Promise<PreparedExecution> {
  const { chosen, deployed } = prepared;
  if (options.reuse !== true || chosen.kind !== "start" || deployed === undefined || prepared.selected !== undefined)
    return prepared;
  const execution = lastJudged(prepared);
  if (execution === undefined || !(await stands(options, execution, deployed.definition))) return prepared;
  const said =
    "the definition, its code and its data are the same, and no step would run again; --always starts another";
  return { ...prepared, chosen: { kind: "attach", execution, said } };
}
