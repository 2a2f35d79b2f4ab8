/**
 * Returns a topic policy that lets EventBridge publish, and denies publishing without TLS. Users of the account publish and
 * subscribe with their own permissions.
 *
 * EventBridge sends no `aws:SourceAccount` when it publishes to a topic, so a condition on it in the Allow statement would
 * block every message. The Deny statement rejects other accounts in case EventBridge ever sends it.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 */
export function failureTopicPolicy(topicArn: string, account: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "PublishFailures",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topicArn,
      },
      {
        Sid: "OwnEventsOnly",
        Effect: "Deny",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: { Null: { "aws:SourceAccount": "false" }, StringNotEquals: { "aws:SourceAccount": account } },
      },
      {
        Sid: "EncryptedTransportOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
