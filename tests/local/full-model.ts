import { operations } from "../../local/api/registry.ts";
import { modelOf, sitePackagesOf } from "../../scripts/service-model/generate-model.ts";
import { wantedServices } from "../../scripts/service-model/wanted-services.ts";
import type { ServiceModel } from "../../service-model/service-model.ts";

/** Returns AWS's model of all that the endpoint answers: the committed one has the responses that steps read alone. */
export async function fullModel(python: string): Promise<ServiceModel> {
  const [sagemaker] = wantedServices;
  if (sagemaker === undefined) throw new Error("the model wants no service");
  // These answer nothing.
  const wanted = {
    ...sagemaker,
    requests: [],
    responses: Object.keys(operations).filter(
      (name) => !/^(DeleteModel|Stop(Processing|Training|Transform)Job)/.test(name),
    ),
  };
  return modelOf(await sitePackagesOf(python.replace(/\/bin\/python$/, "")), wanted);
}
