import { EventRule, EventTarget } from "@pulumi/aws/cloudwatch/index.js";
import { Topic, TopicPolicy, TopicSubscription } from "@pulumi/aws/sns/index.js";
import * as pulumi from "@pulumi/pulumi";
import { failureEvents } from "./failure-events.ts";
import { failureTopicPolicy } from "./failure-topic-policy.ts";

export interface FailureNotificationArgs {
  /** The name of the topic, and of the rule. */
  readonly ownName: string;
  /** The ARN that the topic will have: known before it is, so that previews show the policy. */
  readonly topicArn: string;
  readonly account: string;
  /** The pipelines whose executions are watched. */
  readonly pipelineArns: readonly string[];
  /** Who gets a mail; each address has to be confirmed from the mail that AWS sends to it. */
  readonly emails: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Tells of executions that failed, whoever or whatever started them: a topic, and the rule that publishes to it. */
export class FailureNotification extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: FailureNotificationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("training:infra:FailureNotification", name, {}, opts);
    const parent = { parent: this };
    const { ownName, account, tags } = args;
    const topic = new Topic(name, { name: ownName, tags }, parent);
    const policy = new TopicPolicy(
      name,
      { arn: topic.arn, policy: failureTopicPolicy(args.topicArn, account) },
      parent,
    );
    for (const address of args.emails)
      new TopicSubscription(`${name}-${address}`, { topic: topic.arn, protocol: "email", endpoint: address }, parent);
    const rule = new EventRule(
      name,
      {
        name: ownName,
        description: "Executions of SageMaker pipelines that did not end well",
        eventPattern: failureEvents(args.pipelineArns),
        tags,
      },
      parent,
    );
    new EventTarget(
      name,
      {
        rule: rule.name,
        arn: topic.arn,
        inputTransformer: {
          inputPaths: {
            execution: "$.detail.pipelineExecutionArn",
            status: "$.detail.currentPipelineExecutionStatus",
          },
          inputTemplate: '"The execution <execution> ended as <status>."',
        },
      },
      { ...parent, dependsOn: policy },
    );
    this.topicArn = topic.arn;
    this.registerOutputs({ topicArn: this.topicArn });
  }
}
