import assert from "node:assert/strict";
import { checkPipeline, type Pipeline, pipeline, type Step } from "#language";

/** The path of a problem and a pattern for its message. */
export type Expected = readonly [path: string, message: RegExp];

/** Declares a test that `checkPipeline` finds exactly these problems, in this order. */
export function itFinds(what: string, subject: Pipeline | readonly Step[], ...expected: readonly Expected[]): void {
  it(`finds ${what}`, () => {
    const problems = checkPipeline("kind" in subject ? subject : pipeline("P", { steps: subject }));
    assert.deepEqual(
      problems.map(({ path }) => path),
      expected.map(([path]) => path),
      problems.map(({ path, message }) => `${path}: ${message}`).join("\n"),
    );
    for (const [index, [, message]] of expected.entries()) assert.match(problems[index]?.message ?? "", message);
  });
}
