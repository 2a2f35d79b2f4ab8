import { z } from "zod";
import { entityName, instanceType, wholeNumber } from "./fields.ts";
import { asNumber } from "./pulumi-value.ts";
import { scheduleExpression } from "./schedule-expression.ts";

const positive = "give a number above 0";
const fraction = "give a number from 0 to 1";

/** What the configuration of a stack says about one pipeline. */
export const pipelineConfiguration = z.strictObject({
  inputDataUrl: z
    .string()
    .regex(/^s3:\/\/[a-z0-9][a-z0-9.-]+\/[^\s*?]+$/, "give an S3 URI such as s3://bucket/data/abalone.csv")
    .optional(),
  ceiling: asNumber(z.number(positive).positive(positive)).optional(),
  relativeTolerance: asNumber(z.number(fraction).min(0, fraction).max(1, fraction)).optional(),
  maxParallelExecutionSteps: wholeNumber(1).optional(),
  processingInstanceType: instanceType.optional(),
  trainingInstanceType: instanceType.optional(),
  /** An image of one's own for all jobs. */
  image: z
    .string()
    .regex(/^[^\s*?$]+$/, "give the URI of an image")
    .optional(),
  /** The pipeline's name, and its group's, in place of one that the stack chooses. */
  name: entityName.optional(),
  /** A group of models that is there already, in place of one that the stack makes. */
  modelPackageGroup: entityName.optional(),
  /** When EventBridge Scheduler starts it. */
  schedule: scheduleExpression.optional(),
  /** The time zone that the schedule is in, as the IANA's database names it; UTC without it. */
  scheduleTimezone: z
    .string()
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
