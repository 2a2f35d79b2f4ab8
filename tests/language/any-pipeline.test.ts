import assert from "node:assert/strict";
import fc from "fast-check";
import { checkPipeline, definitionText, type Pipeline, renderDefinition } from "#language";
import { definitionDifference } from "../../language/difference/definition-difference.ts";
import { mermaid } from "../../language/mermaid.ts";
import { readDefinition } from "../../language/read/read-definition.ts";
import { stepGraph } from "../../service-model/step-graph.ts";
import { anyPipeline } from "./any-pipeline.ts";

function read(subject: Pipeline): Pipeline {
  return readDefinition(definitionText(renderDefinition(subject)), { name: "Any", quotas: subject.quotas });
}

function edgesOf(subject: Pipeline): readonly string[] {
  return stepGraph(renderDefinition(subject))
    .edges.map(({ from, kind, to }) => `${from} ${kind} ${to}`)
    .sort();
}

describe("random pipelines", function () {
  this.timeout(60_000);
  const settings = { numRuns: 300, endOnFailure: true };
  const holds = (test: (made: ReturnType<typeof anyPipeline>) => void) =>
    fc.assert(
      fc.property(fc.gen(), (gen) => test(anyPipeline(gen))),
      settings,
    );

  it("have no problems that checkPipeline reports", () => {
    holds(({ pipeline }) => assert.deepEqual(checkPipeline(pipeline), []));
  });

  it("render to the same text after they are rendered and read back", () => {
    holds(({ pipeline }) => {
      const text = definitionText(renderDefinition(pipeline), 1);
      assert.equal(definitionText(renderDefinition(read(pipeline)), 1), text);
    });
  });

  it("have the edges in their graph that their references imply, also after they are read back", () => {
    holds(({ pipeline, edges }) => {
      assert.deepEqual(edgesOf(pipeline), [...edges].sort());
      assert.deepEqual(edgesOf(read(pipeline)), [...edges].sort());
    });
  });

  it("have a Mermaid chart with every step and at most one arrow for each edge", () => {
    holds(({ pipeline, edges }) => {
      const lines = mermaid(pipeline).split("\n");
      const steps = stepGraph(renderDefinition(pipeline)).steps.length;
      assert.equal(lines.filter((line) => /^ {2}s\d+[[({]/.test(line)).length, steps);
      const arrows = lines.filter((line) => /^ {2}s\d+ -/.test(line)).length;
      assert.ok(arrows <= edges.size && lines.length === 1 + steps + arrows);
    });
  });

  it("have no difference to themselves after they are read back", () => {
    holds(({ pipeline }) => {
      const difference = definitionDifference(pipeline, read(pipeline));
      assert.deepEqual([difference.pipeline, difference.parameters, difference.steps], [[], [], []]);
    });
  });
});
