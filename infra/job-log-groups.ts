import { LogGroup } from "@pulumi/aws/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";
import { logGroup } from "../service-model/job-kinds.ts";

export interface JobLogGroupsArgs {
  /** The kinds of jobs, as SageMaker names their groups: `TrainingJobs`. */
  readonly kinds: readonly string[];
  readonly retentionDays: number;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * How long the logs of jobs are kept. SageMaker logs all jobs of an account and region to the same groups, so that one
 * stack at most can have them; and as other stacks' logs are in them, too, they stay when this stack goes.
 */
export class JobLogGroups extends pulumi.ComponentResource {
  constructor(name: string, { kinds, retentionDays, tags }: JobLogGroupsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("training:infra:JobLogGroups", name, {}, opts);
    for (const kind of kinds)
      new LogGroup(
        `${name}-${kind}`,
        { name: logGroup(kind), retentionInDays: retentionDays, skipDestroy: true, tags },
        { parent: this },
      );
    this.registerOutputs({});
  }
}
