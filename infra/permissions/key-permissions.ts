import type { PipelineDefinition } from "../../service-model/definition.ts";
import { definitionSteps } from "../../service-model/step-graph.ts";
import { madeBy } from "../../service-model/step-types.ts";
import type { Permission } from "./statement.ts";
import { namedTexts, shownText } from "./value-patterns.ts";

/** What a key is for, by the member of a request that names it; undefined for another member. */
function keyUse(stepType: string, member: string | undefined): "output" | "volume" | undefined {
  if (member === (madeBy(stepType)?.volumeKey ?? "VolumeKmsKeyId")) return "volume";
  return member === "KmsKeyId" ? "output" : undefined;
}

const keyArn = /^arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/[\w-]+$/;

/** The ARNs of the KMS keys that a definition names, of what its jobs write and of their volumes; a line for what is none. */
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
        // IAM does not know a key by its alias or its identifier alone.
        else if (text !== "")
          problems.push(
            `step ${Name}, ${path}: got ${shownText(text)}; give the key's ARN, such as arn:aws:kms:REGION:ACCOUNT:key/ID`,
          );
      }
  return { outputs: keys.output, volumes: keys.volume, problems };
}

/**
 * What a role needs for keys: S3 uses those of objects in the role's name, and a volume's key is granted to the machine
 * that has the volume.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html (each job's execution role permissions)
 *
 * @param s3 the name of S3 in the role's region, as `kms:ViaService` has it
 */
export function keyPermissions(
  { objects, volumes }: { readonly objects: readonly string[]; readonly volumes: readonly string[] },
  s3: string,
): readonly Permission[] {
  return [
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
