import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

const pipelineConfiguration = z.strictObject({
  inputDataUrl: z.string().startsWith("s3://", "an S3 URI such as s3://bucket/data/abalone.csv").optional(),
  ceiling: z.number().positive().optional(),
  relativeTolerance: z.number().min(0).max(1).optional(),
  processingInstanceType: z.string().startsWith("ml.", "an instance type such as ml.m5.xlarge").optional(),
  trainingInstanceType: z.string().startsWith("ml.", "an instance type such as ml.m5.xlarge").optional(),
});

/** The keys of a stack's configuration. `Pulumi.yaml` declares them to Pulumi. */
export const stackConfiguration = z.strictObject({
  region: z.string({ error: "missing; run: pulumi config set aws:region us-east-1" }).min(1),
  account: z
    .string()
    .regex(/^\d{12}$/, "an account number has 12 digits")
    .optional(),
  forceDestroy: z.boolean().default(false),
  kmsKeyArn: z
    .string()
    .regex(/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/, "the ARN of a key, such as arn:aws:kms:REGION:ACCOUNT:key/ID")
    .optional(),
  accessLogBucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of a bucket")
    .optional(),
  approveModels: z.boolean().default(false),
  inconclusive: z.enum(["warn", "fail"]).default("warn"),
  pipelines: z.record(z.string(), pipelineConfiguration).default({}),
});

/** The configuration of a stack: the keys of `Pulumi.<stack>.yaml`, checked. */
export type StackConfiguration = z.infer<typeof stackConfiguration>;
export type PipelineConfiguration = z.infer<typeof pipelineConfiguration>;

/** What has no value, or an empty text for one, is left out, so that defaults apply. */
function given(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ""));
}

/**
 * Checks plain values as a stack's configuration.
 *
 * @param pipelineNames the pipelines that there are; another name below `pipelines` is a mistake
 * @throws Error with one line for each problem: the key, what is wrong
 */
export function parseStackConfiguration(
  values: Readonly<Record<string, unknown>>,
  pipelineNames: readonly string[],
): StackConfiguration {
  const parsed = stackConfiguration.safeParse(given(values));
  if (!parsed.success)
    throw new Error(
      parsed.error.issues
        .map(({ path, message }) => `stack configuration, ${path.join(".") || "keys"}: ${message}`)
        .join("\n"),
    );
  const unknown = Object.keys(parsed.data.pipelines).filter((name) => !pipelineNames.includes(name));
  if (unknown.length > 0)
    throw new Error(
      `stack configuration, pipelines.${unknown[0]}: there is no such pipeline; there are: ${pipelineNames.join(", ")}`,
    );
  return parsed.data;
}

/** Reads the configuration of the running stack. */
export function readStackConfiguration(pipelineNames: readonly string[]): StackConfiguration {
  const own = new pulumi.Config();
  return parseStackConfiguration(
    {
      region: new pulumi.Config("aws").get("region"),
      account: own.get("account"),
      forceDestroy: own.getBoolean("forceDestroy"),
      kmsKeyArn: own.get("kmsKeyArn"),
      accessLogBucket: own.get("accessLogBucket"),
      approveModels: own.getBoolean("approveModels"),
      inconclusive: own.get("inconclusive"),
      pipelines: own.getObject("pipelines"),
    },
    pipelineNames,
  );
}
