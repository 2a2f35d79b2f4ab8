import assert from "node:assert/strict";
import { failurePatterns, failureRuleName } from "../../infra/failure-events.ts";
import { folders, longNames } from "./hundred-pipelines.ts";

describe("the rules for failed executions", () => {
  const arns = folders(100).map(longNames.pipelineArn);
  const patterns = failurePatterns(arns);

  it("name each of 100 pipelines once, in patterns that EventBridge accepts", () => {
    for (const pattern of patterns) assert.ok(pattern.length <= 2048, `${pattern.length}`);
    assert.deepEqual(
      arns.map((arn) => patterns.filter((pattern) => pattern.includes(`"${arn}"`)).length),
      arns.map(() => 1),
    );
    assert.ok(patterns.length < 20, `${patterns.length} rules`);
  });

  it("are one rule for one pipeline, and none without pipelines", () => {
    assert.equal(failurePatterns(arns.slice(0, 1)).length, 1);
    assert.deepEqual(failurePatterns([]), []);
  });

  it("keep the first rule's name when more pipelines need a second one", () => {
    assert.equal(failureRuleName("failures", 0), "failures");
    assert.equal(failureRuleName("failures", 2), "failures-02");
  });
});
