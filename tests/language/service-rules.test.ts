import assert from "node:assert/strict";
import { checkPipeline, PipelineProblems } from "#language";
import { readDefinition } from "../../language/read/read-definition.ts";
import { checkDefinition } from "../../local/engine/definition-check.ts";
import { accepted } from "./service-rules/accepted.ts";
import { definitionOf, type Part } from "./service-rules/documents.ts";
import { javaScriptPipeline } from "./service-rules/javascript-caller.ts";
import { rejectedArguments } from "./service-rules/rejected-arguments.ts";
import { rejectedReferences } from "./service-rules/rejected-references.ts";

const rejected = [...rejectedArguments, ...rejectedReferences];

type Problems = PipelineProblems["problems"];

/** Returns the problems that `--from` prints. */
function problemsOf(text: string): Problems {
  try {
    return checkPipeline(readDefinition(text, { name: "P" }));
  } catch (error) {
    if (!(error instanceof PipelineProblems)) throw error;
    return error.problems;
  }
}

const lines = (problems: Problems) => problems.map(({ path, message }) => `${path}: ${message}`);

/** Checks that the language and CreatePipeline give the same answer as `--from`. */
function assertSameAnswer(steps: readonly Part[], problems: Problems): void {
  const text = definitionOf(steps);
  const create = () => checkDefinition(text);
  if (problems.length === 0) assert.doesNotThrow(create);
  else assert.throws(create, { message: `Unable to parse pipeline definition. ${lines(problems).join("; ")}` });
  const written = javaScriptPipeline(steps);
  if (written !== undefined) assert.deepEqual(lines(checkPipeline(written)), lines(problems));
}

describe("checking a pipeline in the language, with --from and in CreatePipeline", () => {
  for (const [what, steps] of Object.entries(accepted))
    it(`accepts ${what}`, () => {
      const problems = problemsOf(definitionOf(steps));
      assert.deepEqual(lines(problems), []);
      assertSameAnswer(steps, problems);
    });

  for (const [what, steps, path, message] of rejected)
    it(`rejects ${what}`, () => {
      const problems = problemsOf(definitionOf(steps));
      assert.deepEqual(
        problems.map((problem) => problem.path),
        [path],
        lines(problems).join("\n"),
      );
      assert.match(problems[0]?.message ?? "", message);
      assertSameAnswer(steps, problems);
    });

  it("checks more than half of the steps as a JavaScript caller writes them", () => {
    const all = [...Object.values(accepted), ...rejected.map(([, steps]) => steps)];
    const written = all.filter((steps) => javaScriptPipeline(steps) !== undefined);
    assert.ok(written.length * 2 > all.length, `${written.length} of ${all.length}`);
  });
});
