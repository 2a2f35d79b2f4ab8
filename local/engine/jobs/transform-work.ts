import { defined } from "../../../service-model/defined.ts";
import type { Json } from "../../../service-model/definition.ts";
import { inferenceContainer } from "../../jobs/inference-container.ts";
import { runTransformJob } from "../../jobs/transform-job.ts";
import { findModel } from "../../state/model.ts";
import type { TransformJobRecord } from "../../state/store.ts";
import { failureReason, type JobServices, type JobWork } from "./job.ts";

/**
 * Returns the work of a transform job.
 *
 * @throws AwsError `ValidationException` for a model that does not exist, and Error for one that does not run locally
 */
export function transformWork(
  job: TransformJobRecord,
  region: string,
  { store, runtime }: JobServices,
): JobWork<TransformJobRecord> {
  const model = findModel(job.ModelName, { store, region });
  const container = inferenceContainer(model, { store, region });
  // The container uses the model's role, because a transform job has no role.
  const role = model.ExecutionRoleArn ?? "";
  return {
    role,
    uses: { Image: container.image, ...defined({ VpcConfig: model.VpcConfig as Json | undefined }) },
    work: (_job, signal) => runTransformJob(job, container, role, region, runtime, signal),
    last: failureReason,
  };
}
