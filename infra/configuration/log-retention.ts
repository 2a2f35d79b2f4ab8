import { z } from "zod";
import { asNumber } from "./pulumi-value.ts";

/** The retention times that CloudWatch Logs accepts, in days. Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const days = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

export const logRetentionDays = asNumber(
  z.number("give a number of days").refine((number) => days.includes(number), `give one of ${days.join(", ")}`),
);
