import type { DeployedPipeline } from "../../stack-outputs.ts";
import type { AwsClients } from "../execution/aws-clients.ts";
import type { ExecutionNote } from "../execution/execution-note.ts";
import { approvedModel } from "./approved-model.ts";
import type { Baselines } from "./baseline.ts";

/**
 * The models that an execution compares with, by what the check that started it has noted: a model that was approved since,
 * such as this execution's own, changes nothing about what it compared.
 *
 * @throws ExitError (5) if one of them is broken, (2) if it is gone, (6) if AWS cannot be asked
 */
export async function notedModels(
  clients: AwsClients,
  gate: DeployedPipeline["gate"],
  { models = {} }: Pick<ExecutionNote, "models">,
): Promise<Baselines> {
  const noted = async (parameter: string) => {
    const arn = models[parameter];
    return arn === undefined ? undefined : approvedModel(clients, arn, gate);
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
