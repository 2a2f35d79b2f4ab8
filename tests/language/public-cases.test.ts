import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkPipeline, definitionText, PipelineProblems, renderDefinition } from "#language";
import { readDefinition } from "../../language/read/read-definition.ts";
import { checkDefinition } from "../../local/engine/definition-check.ts";
import { repository } from "../../scripts/local-stack/folders.ts";
import { parseJson } from "../../service-model/exact-json.ts";

const shared = join(repository, "..", "shared");

/** Files of public bug reports, and the one problem that each has. */
const rejected: readonly (readonly [file: string, problem: RegExp])[] = [
  [
    "02-unknown-argument/definition.json",
    /^Steps\.\w+\.Arguments\.ModelPackageName: Unknown Argument member 'ModelPackageName'/,
  ],
  [
    "02-unknown-argument/typo.json",
    /^Steps\.Split\.Arguments\.Enviroment: Unknown Argument member 'Enviroment'; did you mean Environment\?/,
  ],
  [
    "03-parameter-as-list/definition.json",
    /Subnets: cannot assign property reference \[Parameters\.Subnets\] of type String to argument of type \[List\]/,
  ],
  ["05-jsonget-path/definition.json", /LeftValue\.Std:JsonGet\.Path: .* plain string$/],
  ["05-jsonget-path/parameter.json", /LeftValue\.Std:JsonGet\.Path: .* plain string$/],
  ["08-same-local-path/definition.json", /LocalPath: is "\/opt\/ml\/processing\/input\/data", as that of the input a/],
  ["14-automl-objective/definition.json", /AutoMLJobObjective: is "F1"; SageMaker expects an object here$/],
  [
    "15-version-tags/definition.json",
    /Tags: Tags are not supported in Model Package versions\. Please add them to the Model Package Group$/,
  ],
  ["28-output-filter/underscore.json", /OutputFilter: Invalid OutputFilter .*Unexpected "_" in JsonPath/],
  [
    "43-tuning-metric/definition.json",
    /MetricDefinitions: .*A metric is required for this hyperparameter tuning job objective\./,
  ],
  ["44-job-name-underscore/definition.json", /TrainingJobName: is "my_rings_model", which does not match/],
  ["49-no-arguments/definition.json", /ContainerArguments: has 0 entries; SageMaker accepts at least 1$/],
  ["50-long-environment/definition.json", /Environment\.SCHEMA: has 300 characters; SageMaker accepts at most 256$/],
];

/** Lines that `--from` prints for a definition. */
function problemsOf(text: string): readonly string[] {
  try {
    return checkPipeline(readDefinition(text, { name: "P" })).map(({ path, message }) => `${path}: ${message}`);
  } catch (error) {
    if (!(error instanceof PipelineProblems)) throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
}

describe("definitions of public bug reports and pipelines", () => {
  before(function () {
    if (existsSync(shared)) return;
    console.log("      skipped: ../shared, with the public definitions, is not beside the repository");
    this.skip();
  });

  for (const [file, problem] of rejected)
    it(`reports the mistake of ${file}, with --from and in CreatePipeline`, () => {
      const text = readFileSync(join(shared, "cases", file), "utf8");
      const problems = problemsOf(text);
      assert.match(problems[0] ?? "", problem);
      assert.throws(() => checkDefinition(text), {
        message: `Unable to parse pipeline definition. ${problems.join("; ")}`,
      });
    });

  it("accepts the corrected form of each report", () => {
    const files = readdirSync(join(shared, "cases"), { recursive: true, encoding: "utf8" });
    const right = files.filter((file) => file.endsWith("right.json"));
    assert.ok(right.length > 0);
    for (const file of right) assert.deepEqual(problemsOf(readFileSync(join(shared, "cases", file), "utf8")), [], file);
  });

  for (const folder of ["definitions", "public-definitions"])
    it(`accepts all of ${folder}, and renders them as they were`, () => {
      const files = existsSync(shared) ? readdirSync(join(shared, folder)) : [];
      for (const file of files.filter((name) => name.endsWith(".json") && name !== "api-calls.json")) {
        const text = readFileSync(join(shared, folder, file), "utf8");
        const pipeline = readDefinition(text, { name: "P" });
        assert.deepEqual(problemsOf(text), [], file);
        const given = { Metadata: {}, Parameters: [], ...(parseJson(text) as object) };
        assert.deepEqual(parseJson(definitionText(renderDefinition(pipeline))), given, file);
      }
    });
});
