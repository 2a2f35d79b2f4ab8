/** The account of everything local; moto's own default, so that its roles and buckets are in the same one. */
export const account = "123456789012";

function arn(region: string, resource: string): string {
  return `arn:aws:sagemaker:${region}:${account}:${resource}`;
}

/** SageMaker spells names of pipelines, groups and packages in ARNs in lower case; those of jobs and models as they are. */
export function pipelineArn(region: string, name: string): string {
  return arn(region, `pipeline/${name.toLowerCase()}`);
}

/** The ARN of a pipeline given by its name or by its ARN. */
export function pipelineArnOf(region: string, nameOrArn: string): string {
  return nameOrArn.startsWith("arn:") ? nameOrArn : pipelineArn(region, nameOrArn);
}

export function executionArn(pipeline: string, id: string): string {
  return `${pipeline}/execution/${id}`;
}

/** @param resource the type of the job in its ARN: `training-job` */
export function jobArn(region: string, resource: string, name: string): string {
  return arn(region, `${resource}/${name}`);
}

export function modelArn(region: string, name: string): string {
  return arn(region, `model/${name}`);
}

export function modelPackageGroupArn(region: string, name: string): string {
  return name.startsWith("arn:") ? name : arn(region, `model-package-group/${name.toLowerCase()}`);
}

/** @param name `group/version`, as every package here is a version of a group */
export function modelPackageArn(region: string, name: string): string {
  return arn(region, `model-package/${name.toLowerCase()}`);
}
