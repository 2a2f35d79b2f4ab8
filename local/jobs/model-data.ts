import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import type { ContainerDefinition, CreateModelInput, CreateModelPackageInput } from "@aws-sdk/client-sagemaker";
import { s3Location } from "../../service-model/s3-uri.ts";
import { findPackage } from "../state/model-package-group.ts";
import type { Store } from "../state/store.ts";
import { validationError } from "../wire/aws-error.ts";
import type { Wire } from "../wire/wire.ts";

/** The members of a CreateModel request that name the model's data. */
export type ModelContainers = Pick<Wire<CreateModelInput>, "PrimaryContainer" | "Containers">;
/** The members of a CreateModelPackage request that name the model's data. */
export type PackageContainers = Pick<Wire<CreateModelPackageInput>, "InferenceSpecification">;

type Container = Pick<Wire<ContainerDefinition>, "Mode" | "ModelDataUrl" | "ModelDataSource">;

/** Returns the containers of a model. A container that names a model package has the package's data. */
export function containersOfModel(
  { PrimaryContainer, Containers = [] }: ModelContainers,
  from: { readonly store: Store; readonly region: string },
): readonly Container[] {
  const all = PrimaryContainer === undefined ? Containers : [PrimaryContainer, ...Containers];
  return all.flatMap((container) =>
    container.ModelPackageName === undefined
      ? container
      : containersOfPackage(findPackage(container.ModelPackageName, from)),
  );
}

/** Returns the containers of a model package. */
export function containersOfPackage({ InferenceSpecification }: PackageContainers): readonly Container[] {
  return InferenceSpecification?.Containers ?? [];
}

/**
 * Checks that the model data of all containers exists on S3, as CreateModel and CreateModelPackage do.
 *
 * Source of the text: https://github.com/aws/aws-step-functions-data-science-sdk-python/issues/61
 *
 * @throws AwsError `ValidationException` for the first data that is missing
 */
export async function checkModelData(s3: S3Client, containers: readonly Container[]): Promise<void> {
  for (const { uri, prefix } of containers.flatMap(placesOf))
    if (!(await exists(s3, uri, prefix))) throw validationError(`Could not find model data at ${uri}.`);
}

/** Returns the S3 URIs of the model data that containers name by `ModelDataUrl`. */
export function modelDataUris(containers: readonly Container[]): readonly string[] {
  return containers.flatMap(({ ModelDataUrl }) => ModelDataUrl ?? []).filter((uri) => s3Location(uri) !== undefined);
}

/** A place of model data: an object, or a prefix of objects. */
interface Place {
  readonly uri: string;
  readonly prefix: boolean;
}

function placesOf({ Mode, ModelDataUrl, ModelDataSource }: Container): readonly Place[] {
  const { S3Uri, S3DataType } = ModelDataSource?.S3DataSource ?? {};
  return [
    ...(ModelDataUrl === undefined ? [] : [{ uri: ModelDataUrl, prefix: Mode === "MultiModel" }]),
    ...(S3Uri === undefined ? [] : [{ uri: S3Uri, prefix: S3DataType === "S3Prefix" }]),
  ];
}

async function exists(s3: S3Client, uri: string, prefix: boolean): Promise<boolean> {
  const location = s3Location(uri);
  // The pattern of SageMaker's API also allows https, which names no object of the endpoint's S3.
  if (location === undefined) return true;
  const { bucket, key } = location;
  try {
    // S3 lists the keys in order, so an object with exactly this key comes first.
    const list = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key, MaxKeys: 1 }));
    const first = list.Contents?.[0]?.Key;
    return prefix ? first !== undefined : first === key;
  } catch (error) {
    if (error instanceof Error && error.name === "NoSuchBucket") return false;
    throw error;
  }
}
