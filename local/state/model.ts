import type { CreateModelInput } from "@aws-sdk/client-sagemaker";
import { validationError } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import type { Wire } from "../wire/wire.ts";
import { modelArn } from "./arn.ts";
import type { ModelRecord, Store } from "./store.ts";
import { setTags } from "./tags.ts";

export interface ModelPlace {
  readonly store: Store;
  readonly region: string;
  /** Epoch seconds. */
  readonly now: number;
}

/**
 * Adds a model. Its container starts only when a transform job uses the model.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html
 *
 * @throws AwsError `ValidationException`
 */
export function addModel(input: Wire<CreateModelInput>, place: ModelPlace): ModelRecord {
  const { Tags, ...kept } = input;
  const ModelName = required(input.ModelName, "ModelName");
  const ModelArn = modelArn(place.region, ModelName);
  if (place.store.models.get(ModelArn) !== undefined) {
    throw validationError(`Cannot create already existing model "${ModelArn}".`);
  }
  if (input.PrimaryContainer === undefined && (input.Containers ?? []).length === 0) {
    throw validationError("A model needs a PrimaryContainer or Containers: neither was given");
  }
  for (const container of input.Containers ?? [input.PrimaryContainer]) {
    if (container?.ModelPackageName === undefined) required(container?.Image, "Image");
  }
  const record: ModelRecord = { ...kept, ModelName, ModelArn, CreationTime: place.now };
  place.store.models.put(ModelArn, record);
  setTags(ModelArn, Tags ?? [], place);
  return record;
}

/** Returns a model by its name. @throws AwsError `ValidationException`, as SageMaker does, for a missing model */
export function findModel(
  name: string | undefined,
  from: { readonly store: Store; readonly region: string },
): ModelRecord {
  const ModelArn = modelArn(from.region, required(name, "ModelName"));
  const record = from.store.models.get(ModelArn);
  if (record === undefined) throw validationError(`Could not find model "${ModelArn}".`);
  return record;
}
