import type { ResourceRule } from "./rule.ts";

const encryptedSubscription: ResourceRule = {
  name: "subscription-encrypted",
  description: "A topic sends its messages encrypted.",
  check: ({ type, props }) =>
    type === "aws:sns/topicSubscription:TopicSubscription" && props["protocol"] === "http"
      ? [`The topic sends to ${props["endpoint"]} in plain text; give an https endpoint.`]
      : [],
};

/**
 * Rejects SNS's own key. Its policy lets no service use it and cannot be changed, so an EventBridge rule would fail to publish
 * without anyone noticing.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
const usableKey: ResourceRule = {
  name: "topic-key-usable",
  description: "The services that publish to a topic can use its key.",
  check: ({ type, props }) =>
    type === "aws:sns/topic:Topic" && /alias\/aws\/sns$/.test(String(props["kmsMasterKeyId"]))
      ? ["No service can publish with SNS's own key (alias/aws/sns); give a key whose policy lets the service use it."]
      : [],
};

function sources(pattern: unknown): readonly unknown[] {
  try {
    const { source } = (typeof pattern === "string" ? JSON.parse(pattern) : pattern) as { source?: unknown };
    return source === undefined ? [] : [source].flat();
  } catch {
    return [];
  }
}

/**
 * Requires a source that begins with `aws.`, because anyone who may put events on a bus can choose any other source.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
 */
const trueSource: ResourceRule = {
  name: "event-rule-source",
  description: "An event rule matches only events that AWS alone can send.",
  check: ({ type, props }) => {
    const pattern = props["eventPattern"] ?? undefined;
    if (type !== "aws:cloudwatch/eventRule:EventRule" || pattern === undefined) return [];
    const given = sources(pattern);
    if (given.length === 0) return ["The rule matches events from any source; give its eventPattern a source."];
    return given
      .filter((source) => typeof source !== "string" || !source.startsWith("aws."))
      .map(
        (source) =>
          `The rule matches the source ${JSON.stringify(source)}, which anyone can send; name one of AWS's sources.`,
      );
  },
};

export const notificationRules = [encryptedSubscription, usableKey, trueSource];
