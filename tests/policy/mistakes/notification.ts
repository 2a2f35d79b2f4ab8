import { account, events, ownEventsOnly, policy, topicArn } from "./example-stack.ts";
import { added, type Mistake, type StackChange } from "./mistake.ts";

const topicPolicy = (statement: object, ...others: readonly object[]): StackChange =>
  added("aws:sns/topicPolicy:TopicPolicy", {
    policy: policy({ Effect: "Allow", Action: "sns:Publish", Resource: topicArn, ...statement }, ...others),
  });
const denied = (Condition: object) => ({ ...ownEventsOnly, Condition });
const ofOthers = { StringNotEquals: { "aws:SourceAccount": account } };
const eventRule = (eventPattern: object): StackChange =>
  added("aws:cloudwatch/eventRule:EventRule", { eventPattern: JSON.stringify(eventPattern) });

const table: readonly (readonly [string, string, StackChange, RegExp])[] = [
  [
    "resource-policy-not-public",
    "a topic that everybody may publish to",
    topicPolicy({ Principal: { AWS: "*" } }),
    /everybody in/,
  ],
  [
    "resource-policy-not-public",
    "a topic that every account may publish to",
    topicPolicy({ Principal: "*", Condition: { StringLike: { "aws:SourceAccount": "*" } } }),
    /demand aws:SourceAccount/,
  ],
  [
    "resource-policy-not-public",
    "a topic that everybody except one account may publish to",
    topicPolicy({ NotPrincipal: { AWS: account } }),
    /everybody in/,
  ],
  [
    "resource-policy-not-public",
    "a KMS key that everybody may use",
    added("aws:kms/key:Key", {
      enableKeyRotation: true,
      policy: policy({ Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" }),
    }),
    /everybody in/,
  ],
  [
    "resource-policy-confused-deputy",
    "a topic that accepts any account's events",
    topicPolicy({ Principal: events }),
    /events\.amazonaws\.com in/,
  ],
  [
    "resource-policy-confused-deputy",
    "a topic whose condition blocks every event",
    topicPolicy({ Principal: events, Condition: { StringEquals: { "aws:SourceAccount": account } } }, ownEventsOnly),
    /demands aws:sourceaccount, which EventBridge does not send to a topic/,
  ],
  [
    "resource-policy-confused-deputy",
    "a topic whose Deny statement blocks every event",
    topicPolicy({ Principal: events }, denied(ofOthers)),
    /events\.amazonaws\.com in for any account/,
  ],
  [
    "resource-policy-confused-deputy",
    "a topic whose Deny statement names no account",
    topicPolicy({ Principal: events }, denied({ Null: { "aws:SourceAccount": "false" } })),
    /events\.amazonaws\.com in for any account/,
  ],
  [
    "resource-policy-confused-deputy",
    "a topic whose Deny statement is about another service",
    topicPolicy({ Principal: events }, { ...ownEventsOnly, Principal: { Service: "s3.amazonaws.com" } }),
    /events\.amazonaws\.com in for any account/,
  ],
  [
    "resource-policy-confused-deputy",
    "a topic that accepts messages of a bucket in any account",
    topicPolicy({
      Principal: { Service: "s3.amazonaws.com" },
      Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:training" } },
    }),
    /s3\.amazonaws\.com in for any account/,
  ],
  [
    "subscription-encrypted",
    "a subscription without TLS",
    added("aws:sns/topicSubscription:TopicSubscription", { protocol: "http", endpoint: "http://example.com/" }),
    /in plain text; give an https endpoint/,
  ],
  [
    "topic-key-usable",
    "a topic with SNS's own key, which no service can use",
    added("aws:sns/topic:Topic", { kmsMasterKeyId: "alias/aws/sns" }),
    /alias\/aws\/sns/,
  ],
  ["event-rule-source", "an event rule for any source", eventRule({ "detail-type": ["Job"] }), /from any source/],
  [
    "event-rule-source",
    "an event rule for a source that anyone can use",
    eventRule({ source: ["aws.sagemaker", "own"] }),
    /"own", which anyone/,
  ],
  [
    "event-rule-source",
    "an event rule for a pattern of sources",
    eventRule({ source: [{ prefix: "a" }] }),
    /\{"prefix":"a"\}/,
  ],
  ["key-rotation", "a key without rotation", added("aws:kms/key:Key", {}), /never rotated/],
  [
    "log-group-retention",
    "a log group that keeps logs for ever",
    added("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 0 }),
    /for ever/,
  ],
  [
    "stack-in-one-account",
    "a topic that another account may publish to",
    topicPolicy({ Principal: { AWS: "arn:aws:iam::999999999999:root" } }),
    /names account 999999999999/,
  ],
  [
    "stack-in-one-account",
    "a topic that everybody in another account may publish to",
    topicPolicy({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalAccount": "999999999999" } } }),
    /999999999999/,
  ],
  [
    "stack-in-one-account",
    "a schedule with another account's role",
    added("aws:scheduler/schedule:Schedule", { target: { roleArn: "arn:aws:iam::999999999999:role/other" } }),
    /999999999999/,
  ],
];

export const notificationMistakes: readonly Mistake[] = table.map(([rule, what, change, says]) => ({
  ...{ rule, what, change, says },
}));
