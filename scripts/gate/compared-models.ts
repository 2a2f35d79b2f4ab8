import type { DeployedPipeline } from "../../stack-outputs.ts";
import type { AwsClients } from "../aws/clients.ts";
import { ExitError, exitCode } from "../command/exit-code.ts";
import type { ExecutionNote } from "../execution/execution-note.ts";
import { approvedModel } from "./approved-model.ts";
import type { Baselines } from "./baseline.ts";

/**
 * The models that an execution compares with, by what the check that started it has noted: a model that was approved since,
 * such as this execution's own, changes nothing about what it compared.
 *
 * @throws ExitError (5) if one of them is broken or gone, (6) if AWS cannot be asked
 */
export async function notedModels(
  clients: AwsClients,
  gate: DeployedPipeline["gate"],
  { models = {} }: Pick<ExecutionNote, "models">,
): Promise<Baselines> {
  const noted = async (parameter: string) => {
    const arn = models[parameter];
    if (arn === undefined) return undefined;
    return approvedModel(clients, arn, gate).catch((error: unknown) => {
      if (!(error instanceof ExitError) || error.code !== exitCode.usage) throw error;
      const gone = `The model ${arn} that the execution compares with is gone: run again, for an execution with another one.`;
      throw new ExitError(exitCode.evaluation, gone, { cause: error });
    });
  };
  const [baseline, best] = await Promise.all([noted(gate.baselineParameter), noted(gate.bestParameter)]);
  return {
    ...(baseline === undefined ? {} : { baseline }),
    ...(best === undefined ? {} : { best }),
    notes:
      baseline === undefined
        ? ["There was no model to compare with when it was started, so the ceiling alone decided."]
        : [],
  };
}
