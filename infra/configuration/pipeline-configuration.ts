import { z } from "zod";
import { entityName, instanceType, wholeNumber } from "./fields.ts";

const positive = "give a number above 0";
const fraction = "give a number from 0 to 1";
const expression = "give a schedule such as cron(0 3 * * ? *), rate(7 days) or at(2030-01-01T03:00:00)";

/** What the configuration of a stack says about one pipeline. */
export const pipelineConfiguration = z.strictObject({
  inputDataUrl: z
    .string()
    .regex(/^s3:\/\/[a-z0-9][a-z0-9.-]+\/[^\s*?]+$/, "give an S3 URI such as s3://bucket/data/abalone.csv")
    .optional(),
  ceiling: z.number(positive).positive(positive).optional(),
  relativeTolerance: z.number(fraction).min(0, fraction).max(1, fraction).optional(),
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
  /** When EventBridge Scheduler starts it. Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
  schedule: z
    .string()
    .regex(
      /^(?:cron\([\d*/,-]+ [\d*/,-]+ [\d*/,?LW-]+ [\w*/,-]+ [\w*/,?#-]+ [\d*/,-]+\)|rate\([1-9]\d{0,5} (?:minute|hour|day)s?\)|at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\))$/,
      expression,
    )
    .refine(
      (text) => !text.startsWith("cron") || text.split(" ").filter((field) => field === "?").length === 1,
      "give ? for one of the day of the month (3rd) and the day of the week (5th)",
    )
    .refine(
      (text) => !text.startsWith("at(") || !Number.isNaN(Date.parse(`${text.slice(3, -1)}Z`)),
      "give a day and a time that there are",
    )
    .optional(),
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
