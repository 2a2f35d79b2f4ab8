import type { ResourceRule } from "./rule.ts";

const encryptedSubscription: ResourceRule = {
  name: "subscription-encrypted",
  description: "What a topic sends is encrypted on its way.",
  check: ({ type, props }) =>
    type === "aws:sns/topicSubscription:TopicSubscription" && props["protocol"] === "http"
      ? [`The topic sends to ${props["endpoint"]} in plain text; give an https endpoint.`]
      : [],
};

/**
 * The policy of SNS's own key cannot be changed, and lets no service in: an EventBridge rule fails to publish, and nobody
 * hears of it.
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
const usableKey: ResourceRule = {
  name: "topic-key-usable",
  description: "A topic's key is one that the services that publish can use.",
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
 * Whoever may put events on a bus chooses their source, but none that begins with `aws.`.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
 */
const trueSource: ResourceRule = {
  name: "event-rule-source",
  description: "A rule hears events that only AWS can send.",
  check: ({ type, props }) => {
    const pattern = props["eventPattern"] ?? undefined;
    if (type !== "aws:cloudwatch/eventRule:EventRule" || pattern === undefined) return [];
    const given = sources(pattern);
    if (given.length === 0) return ["The rule hears events of any source; give its eventPattern a source."];
    return given
      .filter((source) => typeof source !== "string" || !source.startsWith("aws."))
      .map((source) => `The rule hears ${JSON.stringify(source)}, which anyone can send; name a source of AWS's.`);
  },
};

export const notificationRules = [encryptedSubscription, usableKey, trueSource];
