import assert from "node:assert/strict";
import { consoleLinks } from "../../../check/execution/console-links.ts";

describe("consoleLinks", () => {
  const arn = (partition: string, region: string) =>
    `arn:${partition}:sagemaker:${region}:123456789012:pipeline/p/execution/abc123def456`;

  it("links to the log streams of the jobs, spelled as in the console's own links", () => {
    assert.deepEqual(
      consoleLinks(arn("aws", "eu-central-1")).map(({ url }) => url),
      ["ProcessingJobs", "TrainingJobs"].map(
        (kind) =>
          `https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#logsV2:log-groups/log-group/$252Faws$252Fsagemaker$252F${kind}$3FlogStreamNameFilter$3Dpipelines-abc123def456`,
      ),
    );
  });

  it("uses China's console, and returns no links in a partition whose console is unknown", () => {
    assert.match(
      consoleLinks(arn("aws-cn", "cn-north-1"))[0]?.url ?? "",
      /^https:\/\/cn-north-1\.console\.amazonaws\.cn\//,
    );
    assert.deepEqual(consoleLinks(arn("aws-iso", "us-iso-east-1")), []);
  });
});
