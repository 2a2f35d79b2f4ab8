import { z } from "zod";
import { bucketPattern } from "./bucket-name.ts";
import { entityName, instanceType, matching, wholeNumber } from "./fields.ts";
import { asNumber } from "./pulumi-value.ts";
import { scheduleExpression } from "./schedule-expression.ts";

const positive = "give a number above 0";
const atLeastZero = "give a number of at least 0";
const fraction = "give a number from 0 to 1";

/** The settings of one pipeline in the configuration of a stack. */
export const pipelineConfiguration = z.strictObject({
  inputDataUrl: matching(
    new RegExp(`^s3://${bucketPattern}/[^\\s*?]+$`),
    "give an S3 URI such as s3://bucket/data/train.csv",
  )
    .max(1024, "give an S3 URI of at most 1,024 characters")
    .optional(),
  ceiling: asNumber(z.number(positive).positive(positive)).optional(),
  relativeTolerance: asNumber(z.number(fraction).min(0, fraction).max(1, fraction)).optional(),
  /** The tolerance in the unit of the pipeline's metric. */
  absoluteTolerance: asNumber(z.number(atLeastZero).min(0, atLeastZero)).optional(),
  maxParallelExecutionSteps: wholeNumber(1).optional(),
  processingInstanceType: instanceType.optional(),
  trainingInstanceType: instanceType.optional(),
  /** A custom image for all jobs. It has to be in ECR, because processing jobs accept no other registry. Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AppSpecification.html */
  image: matching(
    /^\d{12}\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.[a-z0-9.]+\/[a-z0-9][a-z0-9._/-]*(?::\w[\w.-]{0,127}|@sha256:[0-9a-f]{64})?$/,
    "give the URI of an image in ECR: ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME:TAG",
  )
    .max(255, "give a URI of at most 255 characters")
    .optional(),
  /** The name of the pipeline and of its model package group; by default the stack chooses it. */
  name: entityName.optional(),
  /** An existing model package group; by default the stack creates one. */
  modelPackageGroup: entityName.optional(),
  /** The times at which EventBridge Scheduler starts the pipeline. */
  schedule: scheduleExpression.optional(),
  /** The schedule's time zone, a name of the IANA database; UTC by default. */
  scheduleTimezone: z
    .string("give a time zone such as Europe/Berlin")
    .refine((zone) => {
      try {
        return new Intl.DateTimeFormat("en", { timeZone: zone }).format().length > 0;
      } catch {
        return false;
      }
    }, "give a time zone such as Europe/Berlin")
    .optional(),
});

export type PipelineConfiguration = z.infer<typeof pipelineConfiguration>;
