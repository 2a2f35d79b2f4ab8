import { account, events, ownEventsOnly, policy, topicArn } from "./example-stack.ts";
import { added, type Change, type Mistake } from "./mistake.ts";

const topicPolicy = (statement: object, ...others: readonly object[]): Change =>
  added("aws:sns/topicPolicy:TopicPolicy", {
    policy: policy({ Effect: "Allow", Action: "sns:Publish", Resource: topicArn, ...statement }, ...others),
  });
const denied = (Condition: object) => ({ ...ownEventsOnly, Condition });
const ofOthers = { StringNotEquals: { "aws:SourceAccount": account } };
const eventRule = (eventPattern: object): Change =>
  added("aws:cloudwatch/eventRule:EventRule", { eventPattern: JSON.stringify(eventPattern) });

const table: readonly (readonly [string, string, Change, RegExp])[] = [
  ["resource-policy-not-public", "a topic of everybody's", topicPolicy({ Principal: { AWS: "*" } }), /everybody in/],
  [
    "resource-policy-not-public",
    "a topic of every account's",
    topicPolicy({ Principal: "*", Condition: { StringLike: { "aws:SourceAccount": "*" } } }),
    /demand aws:SourceAccount/,
  ],
  [
    "resource-policy-not-public",
    "a topic of all but one",
    topicPolicy({ NotPrincipal: { AWS: account } }),
    /everybody in/,
  ],
  [
    "resource-policy-not-public",
    "a key of everybody's",
    added("aws:kms/key:Key", {
      enableKeyRotation: true,
      policy: policy({ Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" }),
    }),
    /everybody in/,
  ],
  [
    "resource-policy-confused-deputy",
    "events of anyone's",
    topicPolicy({ Principal: events }),
    /events\.amazonaws\.com in/,
  ],
  [
    "resource-policy-confused-deputy",
    "a topic that no event reaches",
    topicPolicy({ Principal: events, Condition: { StringEquals: { "aws:SourceAccount": account } } }, ownEventsOnly),
    /demands aws:sourceaccount, which EventBridge does not say to a topic/,
  ],
  [
    "resource-policy-confused-deputy",
    "a topic that refuses every event",
    topicPolicy({ Principal: events }, denied(ofOthers)),
    /events\.amazonaws\.com in for any account/,
  ],
  [
    "resource-policy-confused-deputy",
    "a topic that refuses no account's events",
    topicPolicy({ Principal: events }, denied({ Null: { "aws:SourceAccount": "false" } })),
    /events\.amazonaws\.com in for any account/,
  ],
  [
    "resource-policy-confused-deputy",
    "a topic that refuses another service",
    topicPolicy({ Principal: events }, { ...ownEventsOnly, Principal: { Service: "s3.amazonaws.com" } }),
    /events\.amazonaws\.com in for any account/,
  ],
  [
    "resource-policy-confused-deputy",
    "a bucket's messages of any account's",
    topicPolicy({
      Principal: { Service: "s3.amazonaws.com" },
      Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:training" } },
    }),
    /s3\.amazonaws\.com in for any account/,
  ],
  [
    "subscription-encrypted",
    "a message in plain text",
    added("aws:sns/topicSubscription:TopicSubscription", { protocol: "http", endpoint: "http://example.com/" }),
    /in plain text; give an https endpoint/,
  ],
  [
    "topic-key-usable",
    "a topic that no service can publish to",
    added("aws:sns/topic:Topic", { kmsMasterKeyId: "alias/aws/sns" }),
    /alias\/aws\/sns/,
  ],
  ["event-rule-source", "events of any source", eventRule({ "detail-type": ["Job"] }), /of any source/],
  ["event-rule-source", "events of anyone's", eventRule({ source: ["aws.sagemaker", "own"] }), /"own", which anyone/],
  ["event-rule-source", "events of a pattern", eventRule({ source: [{ prefix: "a" }] }), /\{"prefix":"a"\}/],
  ["key-rotation", "a key that stays", added("aws:kms/key:Key", {}), /never rotated/],
  [
    "log-group-retention",
    "logs for ever",
    added("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 0 }),
    /for ever/,
  ],
  [
    "stack-in-one-account",
    "a topic of another account's, too",
    topicPolicy({ Principal: { AWS: "arn:aws:iam::999999999999:root" } }),
    /names account 999999999999/,
  ],
  [
    "stack-in-one-account",
    "a topic of everybody in another account",
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
