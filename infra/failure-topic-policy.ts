/**
 * Lets EventBridge publish to a topic, and nobody without encryption on the way. People of the account use the topic by
 * their own rights.
 *
 * EventBridge says of no rule for which it publishes to a topic: a condition in the statement that allows it would never
 * hold, and nobody would be told of anything. Should it ever say so, rules of other accounts are refused.
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
