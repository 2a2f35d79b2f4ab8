import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

const positive = "give a number above 0";
const fraction = "give a number from 0 to 1";
const truth = "give true or false";
const count = "give a whole number from 1 on";

const pipelineConfiguration = z.strictObject({
  inputDataUrl: z.string().startsWith("s3://", "give an S3 URI such as s3://bucket/data/abalone.csv").optional(),
  ceiling: z.number(positive).positive(positive).optional(),
  relativeTolerance: z.number(fraction).min(0, fraction).max(1, fraction).optional(),
  maxParallelExecutionSteps: z.number(count).int(count).min(1, count).optional(),
  processingInstanceType: z.string().startsWith("ml.", "give an instance type such as ml.m5.xlarge").optional(),
  trainingInstanceType: z.string().startsWith("ml.", "give an instance type such as ml.m5.xlarge").optional(),
});

/** The keys of a stack's configuration. `Pulumi.yaml` declares them to Pulumi. */
export const stackConfiguration = z.strictObject({
  region: z.string({ error: "missing; run: pulumi config set aws:region us-east-1" }).min(1),
  account: z
    .string()
    .regex(/^\d{12}$/, "give an account number of 12 digits")
    .optional(),
  forceDestroy: z.boolean(truth).default(false),
  kmsKeyArn: z
    .string()
    .regex(
      /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/,
      "give the ARN of a key, such as arn:aws:kms:REGION:ACCOUNT:key/ID",
    )
    .optional(),
  accessLogBucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "give the name of a bucket")
    .optional(),
  approveModels: z.boolean(truth).default(false),
  inconclusive: z.enum(["warn", "fail"], "give warn or fail").default("warn"),
  pipelines: z.record(z.string(), pipelineConfiguration).default({}),
});

/** The configuration of a stack: the keys of `Pulumi.<stack>.yaml`, checked. */
export type StackConfiguration = z.infer<typeof stackConfiguration>;
export type PipelineConfiguration = z.infer<typeof pipelineConfiguration>;

/** What has no value, or an empty text for one, is left out, so that defaults apply. */
function given(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ""));
}

/** Mistakes of a stack's configuration, a line each: the key, what was got, what to do. Pulumi shows them without a trace. */
export class ConfigurationProblems extends pulumi.RunError {
  constructor(lines: readonly string[]) {
    super(lines.map((line) => `stack configuration, ${line}`).join("\n"));
  }
}

/** One line for each problem that the schema finds. */
function schemaProblems(values: Record<string, unknown>, issues: readonly z.core.$ZodIssue[]): readonly string[] {
  return issues.flatMap((issue) => {
    const key = issue.path.join(".");
    const found = issue.path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown>)?.[part], values);
    if (issue.code === "unrecognized_keys") {
      const known = Object.keys(issue.path.length === 0 ? stackConfiguration.shape : pipelineConfiguration.shape);
      return issue.keys.map(
        (name) => `${[...issue.path, name].join(".")}: there is no such key; there are ${known.join(", ")}`,
      );
    }
    return [`${key}: ${found === undefined ? issue.message : `got ${JSON.stringify(found)}; ${issue.message}`}`];
  });
}

/**
 * Checks plain values as a stack's configuration.
 *
 * @param pipelineNames the pipelines that there are; another name below `pipelines` is a mistake
 * @throws ConfigurationProblems with one line for each mistake
 */
export function parseStackConfiguration(
  values: Readonly<Record<string, unknown>>,
  pipelineNames: readonly string[],
): StackConfiguration {
  const own = given(values);
  const parsed = stackConfiguration.safeParse(own);
  const pipelines = own["pipelines"];
  const named = typeof pipelines === "object" && pipelines !== null ? Object.keys(pipelines) : [];
  const problems = [
    ...(parsed.success ? [] : schemaProblems(own, parsed.error.issues)),
    ...named
      .filter((name) => !pipelineNames.includes(name))
      .map((name) => `pipelines.${name}: there is no such pipeline; there are: ${pipelineNames.join(", ")}`),
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigurationProblems(problems);
  return parsed.data;
}

/** What is wrong with a configuration in the account that the credentials belong to. */
export function accountProblems(
  { account, kmsKeyArn, region }: StackConfiguration,
  credentials: string,
): readonly string[] {
  const [, , , keyRegion, keyAccount] = kmsKeyArn?.split(":") ?? [];
  return [
    ...(account === undefined || account === credentials
      ? []
      : [`account: this stack belongs to ${account}, the credentials are of ${credentials}; use the right profile`]),
    ...(keyAccount === undefined || keyAccount === (account ?? credentials)
      ? []
      : [`kmsKeyArn: got a key of account ${keyAccount}; give one of this stack's account ${account ?? credentials}`]),
    ...(keyRegion === undefined || keyRegion === region
      ? []
      : [`kmsKeyArn: got a key in ${keyRegion}; give one in this stack's region ${region}`]),
  ];
}

/** A value of the configuration, which Pulumi keeps as a text, as what it was in the file. */
function plain(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // A number is a text that looks like one: an account number, or the ceiling of a pipeline, which is below an object.
    return typeof value === "number" || typeof value === "string" ? text : value;
  } catch {
    return text;
  }
}

/**
 * Reads the configuration of the running stack: every key of the project, so that a misspelt one is found.
 *
 * @throws ConfigurationProblems with one line for each mistake
 */
export function readStackConfiguration(pipelineNames: readonly string[]): StackConfiguration {
  const own = `${pulumi.getProject()}:`;
  const values = Object.entries(pulumi.runtime.allConfig())
    .filter(([key]) => key.startsWith(own))
    .map(([key, text]) => [key.slice(own.length), plain(text)]);
  return parseStackConfiguration(
    { region: new pulumi.Config("aws").get("region"), ...Object.fromEntries(values) },
    pipelineNames,
  );
}
