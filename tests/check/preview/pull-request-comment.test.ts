import assert from "node:assert/strict";
import { commentCharacters, pullRequestComment } from "../../../check/preview/preview-comment.ts";
import { previewPart, previewPartSchema } from "../../../check/preview/preview-part.ts";
import type { RecordedStack } from "../../infra/recorded/record-stack.ts";
import { exampleChange } from "../change/example-change.ts";
import { previewOf, recordStack } from "./recorded-preview.ts";

describe("pullRequestComment", function () {
  this.timeout(60_000);
  let deployed: RecordedStack;
  let changed: RecordedStack;
  before(async () => {
    deployed = await recordStack({});
    changed = await recordStack({
      "sagemaker-training:pipelines": '{"crickets":{"trainingInstanceType":"ml.m5.2xlarge"}}',
    });
    // A changed script has another hash.
    const [, sha256 = ""] = /code\/([0-9a-f]{64})\/split\.py/.exec(JSON.stringify(changed)) ?? [];
    changed = JSON.parse(JSON.stringify(changed).replaceAll(sha256, "f".repeat(64))) as RecordedStack;
  });

  it("gives the verdict on the model and on the stack in its first line", () => {
    const preview = previewPart(previewOf(deployed, changed));
    const [line] = pullRequestComment({ preview, model: exampleChange }).split("\n");
    const stack = "stack: 1 to leave in AWS, no longer managed, 1 to update, 1 to create";
    assert.equal(line, `**Do not merge this change.** Model: REGRESSION, \`crickets\`: MSE 5.445 → 5.464; ${stack}.`);
    const good = { ...exampleChange, verdict: "nothing", pipelines: [] } as const;
    assert.match(
      pullRequestComment({ preview, model: good }),
      /^\*\*Nothing speaks against .*\*\* Model: nothing changes the model;/,
    );
    assert.match(
      pullRequestComment({ model: good }),
      /^\*\*Nothing speaks against this change\.\*\* Model: nothing changes the model\.\n/,
    );
    assert.match(
      pullRequestComment({ preview }),
      /^\*\*Look at this change before you merge it\.\*\* Model: not checked; /,
    );
  });

  it("shows the part of another job as if it were its own", () => {
    const part = previewPart(previewOf(deployed, changed));
    const received = previewPartSchema.parse(JSON.parse(JSON.stringify(part)));
    assert.equal(pullRequestComment({ preview: received }), pullRequestComment({ preview: part }));
  });

  it("estimates the cost with the local run's durations, and marks the changed steps in the graph", () => {
    const preview = previewPart({ ...previewOf(deployed, changed), config: { "aws:region": "eu-central-1" } });
    const comment = pullRequestComment({ preview, model: exampleChange });
    assert.match(comment, /\*\*Cost of an execution of `crickets`\*\*: from \$0\.03 without `SplitChirps` if /);
    assert.match(
      comment,
      /`FitLine` \| 1 × `ml\.m5\.2xlarge` \| \$0\.461 \| 3 min, \$0\.02 \| 10 min, \$0\.08 \| runs \|/,
    );
    assert.match(comment, /the stack is in eu-central-1, where prices differ/);
    assert.match(comment, /s1\["SplitChirps<br\/>Processing<br\/>changed, runs"\]:::thick\n/);
    assert.match(comment, /s2\["FitLine<br\/>Training<br\/>runs"\]\n/);
    assert.match(comment, /### Model: REGRESSION/);
    assert.ok(comment.length <= commentCharacters);
    // Details are folded, and each fold ends.
    assert.equal(comment.match(/<details>/g)?.length, comment.match(/<\/details>/g)?.length);
  });
});
