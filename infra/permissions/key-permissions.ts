import type { PipelineDefinition } from "../../service-model/definition.ts";
import { definitionSteps } from "../../service-model/step-graph.ts";
import { madeBy } from "../../service-model/step-types.ts";
import type { Permission } from "./statement.ts";
import { namedTexts, shownText } from "./value-patterns.ts";

/** Returns the use of a KMS key from the request member that names it; undefined if the member does not name a key. */
function keyUse(stepType: string, member: string | undefined): "output" | "volume" | undefined {
  if (member === (madeBy(stepType)?.volumeKey ?? "VolumeKmsKeyId")) return "volume";
  return member === "KmsKeyId" ? "output" : undefined;
}

const keyArn = /^arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/[\w-]+$/;

/** Returns the ARNs of a definition's KMS keys for job output and for volumes, and a line for each value that is not an ARN. */
export function keysOf(definition: PipelineDefinition): {
  readonly outputs: readonly string[];
  readonly volumes: readonly string[];
  readonly problems: readonly string[];
} {
  const keys = { output: [] as string[], volume: [] as string[] };
  const problems: string[] = [];
  for (const { Name, Type, Arguments } of definitionSteps(definition))
    for (const use of ["output", "volume"] as const)
      for (const { path, text } of namedTexts(
        Arguments,
        definition.Parameters,
        (at) => keyUse(Type, at.at(-1)) === use,
      )) {
        if (keyArn.test(text)) keys[use].push(text);
        // An IAM policy needs the key's ARN; an alias or an identifier is not enough.
        else if (text !== "")
          problems.push(
            `step ${Name}, ${path}: got ${shownText(text)}; give the key's ARN, such as arn:aws:kms:REGION:ACCOUNT:key/ID`,
          );
      }
  return { outputs: keys.output, volumes: keys.volume, problems };
}

/**
 * Returns the permissions for KMS keys. S3 uses the keys of objects on behalf of the role; the key of a volume is granted to
 * the instance. SageMaker itself describes every key before it creates a job.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html (each job's execution role permissions),
 * and the managed policy AmazonSageMakerJobFullAccess (kms:DescribeKey without kms:ViaService)
 *
 * @param s3 the value of `kms:ViaService` for S3 in the role's region
 */
export function keyPermissions(
  { objects, volumes }: { readonly objects: readonly string[]; readonly volumes: readonly string[] },
  s3: string,
): readonly Permission[] {
  const all = [...objects, ...volumes];
  return [
    ...(all.length === 0 ? [] : [{ Sid: "DescribeKeys", Action: ["kms:DescribeKey"], Resource: all }]),
    ...(objects.length === 0
      ? []
      : [
          {
            Sid: "UseKeysOfObjects",
            Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
            Resource: objects,
            Condition: { StringEquals: { "kms:ViaService": s3 } },
          },
        ]),
    ...(volumes.length === 0
      ? []
      : [
          {
            Sid: "GrantKeysOfVolumes",
            Action: ["kms:CreateGrant"],
            Resource: volumes,
            Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
          },
        ]),
  ];
}
