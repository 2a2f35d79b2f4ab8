import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import * as pulumi from "@pulumi/pulumi";
import { logGroup } from "../service-model/job-kinds.ts";

export interface JobLogGroupsArgs {
  /** The kinds of jobs as they appear in the names of SageMaker's log groups: `TrainingJobs`. */
  readonly kinds: readonly string[];
  readonly retentionDays: number;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The log groups of jobs, for their retention time. All jobs of an account and region share these groups, so only one stack
 * can manage them. They survive the stack, because they contain the logs of other stacks' jobs.
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
