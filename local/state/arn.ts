/** The account of all local resources. It is moto's default, so moto's roles and buckets belong to the same account. */
export const localAccount = "123456789012";

/** The user of all requests. It is the one whom moto's STS answers to GetCallerIdentity. */
export const localUser = {
  IamIdentity: { Arn: `arn:aws:sts::${localAccount}:user/moto`, PrincipalId: "AKIAIOSFODNN7EXAMPLE" },
};

function arn(region: string, resource: string): string {
  return `arn:aws:sagemaker:${region}:${localAccount}:${resource}`;
}

/**
 * Returns the key under which a resource is stored. SageMaker wrote the names of pipelines, model package groups and model
 * packages in lower case into ARNs until about 2023, and so did earlier endpoints. So both spellings of such an ARN mean the
 * same resource, and names that differ only in their case exclude each other.
 *
 * Source: https://github.com/aws-samples/ml-edge-getting-started/issues/18
 */
export function storageKey(arn: string): string {
  return /^arn:[^/]*:(?:pipeline|model-package(?:-group)?)\//.test(arn) ? arn.toLowerCase() : arn;
}

/** Returns a pipeline's ARN. */
export function pipelineArn(region: string, name: string): string {
  return arn(region, `pipeline/${name}`);
}

/** Returns the ARN of a pipeline that a request names by its name or its ARN. */
export function pipelineArnOf(region: string, nameOrArn: string): string {
  return nameOrArn.startsWith("arn:") ? nameOrArn : pipelineArn(region, nameOrArn);
}

export function executionArn(pipeline: string, id: string): string {
  return `${pipeline}/execution/${id}`;
}

/** Returns a job's ARN. @param resource the job's type in ARNs: `training-job` */
export function jobArn(region: string, resource: string, name: string): string {
  return arn(region, `${resource}/${name}`);
}

export function modelArn(region: string, name: string): string {
  return arn(region, `model/${name}`);
}

export function modelPackageGroupArn(region: string, name: string): string {
  return name.startsWith("arn:") ? name : arn(region, `model-package-group/${name}`);
}

/** Returns a model package's ARN. @param name `group/version`, or the name of a package outside of groups */
export function modelPackageArn(region: string, name: string): string {
  return arn(region, `model-package/${name}`);
}
