/** The day on which the prices were collected, the region they hold for, and where AWS publishes them. */
export const priceSource = {
  collected: "2026-12-01",
  region: "us-east-1",
  url: "https://aws.amazon.com/sagemaker/pricing/",
} as const;

/**
 * US dollars for an hour of one instance in us-east-1. Collected from public copies of AWS's page, and only prices on which
 * several copies agree. A type that is not here has no price in the comment.
 */
const prices: Readonly<Record<string, number>> = {
  "ml.t3.medium": 0.05,
  "ml.t3.large": 0.1,
  "ml.t3.xlarge": 0.2,
  "ml.t3.2xlarge": 0.399,
  "ml.m5.large": 0.115,
  "ml.m5.xlarge": 0.23,
  "ml.m5.2xlarge": 0.461,
  "ml.m5.4xlarge": 0.922,
  "ml.m5.12xlarge": 2.765,
  "ml.m5.24xlarge": 5.53,
  "ml.c5.xlarge": 0.204,
  "ml.c5.2xlarge": 0.408,
  "ml.c5.4xlarge": 0.816,
  "ml.c5.9xlarge": 1.836,
  "ml.g4dn.xlarge": 0.736,
  "ml.g4dn.2xlarge": 0.94,
  "ml.g4dn.4xlarge": 1.505,
  "ml.g4dn.8xlarge": 2.72,
  "ml.g4dn.12xlarge": 4.89,
  "ml.g5.2xlarge": 1.515,
  "ml.g5.4xlarge": 2.03,
  "ml.g5.12xlarge": 7.09,
  "ml.g5.48xlarge": 20.36,
  "ml.p3.2xlarge": 3.825,
  "ml.p3.8xlarge": 14.688,
  "ml.p3.16xlarge": 28.152,
};

/** Returns the dollars for an hour of an instance, or undefined if we have no price. */
export function hourlyPrice(instanceType: string | undefined): number | undefined {
  return instanceType !== undefined && Object.hasOwn(prices, instanceType) ? prices[instanceType] : undefined;
}
