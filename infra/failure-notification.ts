import { EventRule } from "@pulumi/aws/cloudwatch/eventRule.js";
import { EventTarget } from "@pulumi/aws/cloudwatch/eventTarget.js";
import { Topic } from "@pulumi/aws/sns/topic.js";
import { TopicPolicy } from "@pulumi/aws/sns/topicPolicy.js";
import { TopicSubscription } from "@pulumi/aws/sns/topicSubscription.js";
import * as pulumi from "@pulumi/pulumi";
import { failurePatterns, failureRuleName } from "./failure-events.ts";
import { failureTopicPolicy } from "./failure-topic-policy.ts";

export interface FailureNotificationArgs {
  /** The name of the topic and of the first rule. */
  readonly ownName: string;
  /** The topic's ARN as a plain text, so that previews show the policy before the topic exists. */
  readonly topicArn: string;
  readonly account: string;
  /** The pipelines whose failed executions are reported. */
  readonly pipelineArns: readonly string[];
  /** The e-mail addresses to notify. AWS sends each one a message in which its owner has to confirm it. */
  readonly emails: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** An SNS topic for failed executions, whoever started them, and the EventBridge rules that publish to it. */
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
    for (const [number, eventPattern] of failurePatterns(args.pipelineArns).entries())
      this.rule(
        failureRuleName(name, number),
        { ...args, ownName: failureRuleName(ownName, number) },
        eventPattern,
        topic,
        policy,
      );
    this.topicArn = topic.arn;
    this.registerOutputs({ topicArn: this.topicArn });
  }

  /** Declares a rule, and the topic as its target. */
  private rule(
    name: string,
    { ownName, tags }: Pick<FailureNotificationArgs, "ownName" | "tags">,
    eventPattern: string,
    topic: Topic,
    topicPolicy: TopicPolicy,
  ): void {
    const parent = { parent: this };
    const description = "Executions of SageMaker pipelines that did not end well";
    const rule = new EventRule(name, { name: ownName, description, eventPattern, tags }, parent);
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
      { ...parent, dependsOn: topicPolicy },
    );
  }
}
