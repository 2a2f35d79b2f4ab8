import assert from "node:assert/strict";
import { ExitError } from "../../../exit-code.ts";
import { gatedPipelines, requireOnePipeline } from "../../../scripts/stack/gated-pipelines.ts";
import { parseOutputs } from "../../../scripts/stack/read-outputs.ts";
import type { PipelineOutputs } from "../../../stack-outputs.ts";
import { playedOutputs } from "../../check/faults/played-stack.ts";

const played = playedOutputs.pipelines["played"] ?? assert.fail();
const { gate: _gate, modelPackageGroup: _group, ...gateless } = { ...played, ownsModelPackageGroup: false };

function selected(pipelines: Readonly<Record<string, PipelineOutputs>>, name?: string) {
  const lines: string[] = [];
  const outputs = parseOutputs(JSON.stringify({ ...playedOutputs, pipelines }));
  const gated = gatedPipelines(outputs, name, (line) => lines.push(line));
  return { folders: gated.map(({ folder }) => folder), lines };
}

const usage = (message: RegExp) => (error: unknown) =>
  error instanceof ExitError && error.code === 2 && message.test(error.message);

describe("the pipelines that a check judges", () => {
  it("are all with a gate, and a line names each of the others", () => {
    assert.deepEqual(selected({ churn: played, score: gateless, fraud: played }), {
      folders: ["churn", "fraud"],
      lines: ["The pipeline score is deployed, but not checked, because it has no gate."],
    });
  });

  it("are only the named one", () => {
    assert.deepEqual(selected({ churn: played, score: gateless, fraud: played }, "fraud"), {
      ...{ folders: ["fraud"], lines: [] },
    });
  });

  it("exclude a named one without a gate, and one that does not exist", () => {
    assert.throws(
      () => selected({ churn: played, score: gateless }, "score"),
      usage(/^--pipeline score: it has no gate.*; use run-pipeline, or add a gate to its pipeline\.ts\.$/),
    );
    assert.throws(() => selected({ churn: played }, "clam"), usage(/no pipeline "clam"/));
    assert.throws(() => selected({}), usage(/^The stack has no pipeline: add one/));
  });

  it("must be one for an option that is meant for one", () => {
    for (const [options, gated] of [
      [["--file"], ["churn"]],
      [[], ["churn", "fraud"]],
    ])
      requireOnePipeline(options ?? [], gated ?? []);
    assert.throws(
      () => requireOnePipeline(["--file"], ["churn", "fraud"]),
      usage(/^--file is meant for one pipeline, but several have a gate; give --pipeline with one of: churn, fraud\.$/),
    );
  });

  it("have a model package group", () => {
    assert.throws(
      () => selected({ churn: { ...gateless, gate: played.gate } }),
      usage(/pipelines\.churn: has a gate, but no/),
    );
  });
});
