import assert from "node:assert/strict";
import { costSection } from "../../../check/preview/cost-section.ts";
import { priceSource } from "../../../check/preview/instance-prices.ts";
import type { PricedJob } from "../../../check/preview/priced-jobs.ts";

const job = (step: string, rest: Partial<PricedJob> = {}): PricedJob => ({
  ...{ step, instanceType: "ml.m5.xlarge", instances: 2, seconds: 3600, runs: true },
  ...rest,
});
const section = (jobs: readonly PricedJob[], local: Readonly<Record<string, number>> = {}, region = "us-east-1") =>
  costSection({ pipeline: "crickets", region, jobs }, new Map(Object.entries(local))) ?? "";
const first = (text: string) => text.split("\n")[0];

describe("costSection", () => {
  it("multiplies the instances with the local run's duration and with the time limit", () => {
    const text = section([job("Fit"), job("Score", { instances: 1, seconds: 1800 })], { Fit: 360, Score: 36 });
    assert.equal(
      first(text),
      "**Cost of an execution of `crickets`**: from $0.05 if the jobs take as long as in the local run to $0.58 at their time limits.",
    );
    assert.ok(text.includes("| `Fit` | 2 × `ml.m5.xlarge` | $0.23 | 6 min, $0.05 | 60 min, $0.46 | runs |"), text);
  });

  it("names the source and the date of the prices, and another region", () => {
    assert.ok(
      section([job("Fit")]).includes(`collected on ${priceSource.collected} from copies of ${priceSource.url}.`),
    );
    assert.match(section([job("Fit")], {}, "eu-central-1"), /; the stack is in eu-central-1, where prices differ\./);
  });

  it("invents no price and no duration", () => {
    const text = section([
      job("Fit"),
      job("Strange", { instanceType: "ml.x9.huge" }),
      job("Later", { instanceType: undefined }),
    ]);
    assert.match(first(text) ?? "", /: at most \$0\.46 without `Strange`, `Later` at their time limits\.$/);
    assert.match(text, /\| `Strange` \| 2 × `ml\.x9\.huge` \| no price here \| – \| 60 min \| runs \|/);
    assert.match(
      first(section([job("Strange", { instanceType: "ml.x9.huge" })])) ?? "",
      /: at most an unknown amount\.$/,
    );
    assert.match(first(section([job("Copy", { seconds: undefined })])) ?? "", /: at most an unknown amount\.$/);
  });

  it("adds what the next execution costs if some jobs come from the cache", () => {
    const cached = job("Split", { runs: false });
    assert.match(
      section([cached, job("Fit")]),
      / at most \$0\.92 at their time limits\. The next one, if the last one succeeded: at most \$0\.46 at their time limits\.\n/,
    );
    assert.match(section([cached]), / The next one, .*: nothing, as all jobs come from the cache\.\n/);
  });

  it("leaves out an execution without jobs", () => assert.equal(section([]), ""));
});
