import { Role } from "@pulumi/aws/iam/role.js";
import { Schedule } from "@pulumi/aws/scheduler/schedule.js";
import * as pulumi from "@pulumi/pulumi";
import { bothSpellings } from "../service-model/arn.ts";
import { defined } from "../service-model/defined.ts";
import { allow } from "./permissions/policy.ts";
import { rolePolicies } from "./permissions/role-policies.ts";
import type { ScheduleParameter } from "./schedule-parameters.ts";
import { scheduleTrustPolicy } from "./service-trust.ts";

/** A pipeline and the times at which EventBridge Scheduler starts it. */
export interface ScheduledPipeline {
  readonly folder: string;
  /** The name of the pipeline, and of the schedule in the account's default group. */
  readonly name: string;
  readonly pipelineArn: string;
  /** `cron(...)`, `rate(...)` or `at(...)`. */
  readonly expression: string;
  /** A name of the IANA time zone database. */
  readonly timezone: string;
  /** At least one, with its own default. */
  readonly parameters: readonly ScheduleParameter[];
}

export interface PipelineSchedulesArgs {
  readonly pipelines: readonly ScheduledPipeline[];
  readonly roleName: string;
  /** The role's ARN as a plain text, from which its policies get their names. */
  readonly roleArn: string;
  readonly account: string;
  /** The ARN of the schedules' group. */
  readonly groupArn: string;
  readonly permissionsBoundaryArn?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Starts pipelines at given times, with the defaults of their parameters. The schedules share a role that can only start
 * these pipelines. A person approves the models of scheduled executions.
 */
export class PipelineSchedules extends pulumi.ComponentResource {
  constructor(name: string, args: PipelineSchedulesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("training:infra:PipelineSchedules", name, {}, opts);
    const { pipelines, account } = args;
    const parent = { parent: this };
    const role = new Role(
      name,
      {
        name: args.roleName,
        description: "Starts the SageMaker pipelines of a stack on their schedules",
        assumeRolePolicy: scheduleTrustPolicy(account, args.groupArn),
        ...defined({ permissionsBoundary: args.permissionsBoundaryArn }),
        tags: args.tags,
      },
      parent,
    );
    const arns = bothSpellings(pipelines.map(({ pipelineArn }) => pipelineArn));
    const statements = [allow("StartPipelines", ["sagemaker:StartPipelineExecution"], arns)];
    const policies = rolePolicies(name, { ...args, role, inlineName: "start", statements }, this);
    for (const { folder, name: pipelineName, pipelineArn, expression, timezone, parameters } of pipelines)
      new Schedule(
        `${name}-${folder}`,
        {
          name: pipelineName,
          description: "Starts the SageMaker pipeline of the same name",
          scheduleExpression: expression,
          scheduleExpressionTimezone: timezone,
          flexibleTimeWindow: { mode: "OFF" },
          // Retries a failed start for an hour only; the default of a day could reach into the next scheduled time.
          target: {
            arn: pipelineArn,
            roleArn: role.arn,
            sagemakerPipelineParameters: { pipelineParameters: [...parameters] },
            retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 10 },
          },
        },
        { ...parent, dependsOn: [...policies] },
      );
    this.registerOutputs({});
  }
}
