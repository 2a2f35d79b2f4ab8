import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as Language from "#language";
import { parseEvaluation } from "../../check/gate/evaluation.ts";
import { gateByNames, type PipelineContext, type TrainingPipeline } from "../../pipelines/training-pipeline.ts";
import { trainingPipelineProblem } from "../../pipelines/training-pipeline-problem.ts";
import { localFolder } from "../../scripts/local-stack/folders.ts";
import { stepTypeFacts, stepTypes } from "../../service-model/step-types.ts";
import { cricketsContext } from "../infra/crickets-context.ts";
import { compile } from "../types/compile.ts";
import { codeBlocks, type Page, page, tableRows } from "./pages.ts";

const languagePage = page("docs/language.md");
const modelPage = page("docs/pipeline-folder.md");

function codeOf(of: Page, language: string): string {
  return codeBlocks(of)
    .filter((block) => block.language === language)
    .map(({ code }) => code)
    .join("\n");
}

/** Files of the project that the snippets make together; a script may be empty. */
const files: Readonly<Record<string, string>> = {
  "sagemaker/index.ts": 'export * from "#language";\n',
  "rings/pipeline.ts": codeOf(languagePage, "ts"),
  "rings/prepare.py": "",
  "rings/evaluate.py": "",
  "rings/program/main.py": "",
  "training-pipeline.ts": 'export type * from "../../pipelines/training-pipeline.ts";\n',
  "churn/pipeline.ts": codeOf(modelPage, "ts"),
  "churn/split.py": "",
  "churn/evaluate.py": "",
};

describe("the snippets of docs/", function () {
  this.timeout(60_000);
  let folder: string;
  let language: typeof Language;
  let exported: Readonly<Record<string, unknown>>;
  let getPipeline: (context: PipelineContext) => TrainingPipeline;

  before(async () => {
    mkdirSync(localFolder, { recursive: true });
    folder = mkdtempSync(join(localFolder, "snippets-"));
    for (const name of ["sagemaker", "rings/program", "churn"]) mkdirSync(join(folder, name), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    const project = { extends: "../../tsconfig.json", include: ["**/*.ts"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(project));
    // From where the page's code has it: the test runner loads what is imported statically a second time.
    language = await import(pathToFileURL(join(folder, "sagemaker", "index.ts")).href);
    exported = await import(pathToFileURL(join(folder, "rings", "pipeline.ts")).href);
    ({ getPipeline } = await import(pathToFileURL(join(folder, "churn", "pipeline.ts")).href));
  });

  after(() => rmSync(folder, { recursive: true }));

  it("compile without unused names", () => {
    assert.equal([...compile(folder).values()].join("").trim(), "");
  });

  for (const [, name = ""] of codeOf(languagePage, "ts").matchAll(/^export const (\w+) = pipeline\(/gm))
    it(`render the pipeline ${name}`, () => {
      const body = language.definitionBody(exported[name] as Language.Pipeline);
      assert.match(body, /^\{"Version":"2020-12-01"/);
    });

  it("export every pipeline that they declare", () => {
    assert.doesNotMatch(codeOf(languagePage, "ts"), /^const \w+ = pipeline\(/m);
  });

  it("show the problems that their code has", () => {
    const problems = exported["problems"] as readonly Language.Problem[];
    const lines = problems.map(({ path, message }) => `${path}: ${message}\n`);
    assert.equal(codeOf(languagePage, "text"), lines.join(""));
  });

  it("list the facts of every step type", () => {
    const rows = [...languagePage.text.matchAll(/^\| (`\w+`.*?) \| ([\w, ]+) \| .* \| (yes|no) \| (yes|no) \|$/gm)];
    const functions = rows.flatMap(([, names = ""]) => names.replaceAll("`", "").split(", "));
    const types = rows.flatMap(([, , list = ""]) => list.split(", "));
    const exportedSteps = Object.keys(language).filter((name) => name.endsWith("Step"));
    assert.deepEqual(functions.sort(), exportedSteps.sort());
    assert.deepEqual([...new Set(types)].sort(), Object.keys(stepTypes).sort());
    const word = (isSo: boolean | undefined) => (isSo ? "yes" : "no");
    for (const [, names, list = "", cache, retry] of rows)
      for (const facts of list.split(", ").map(stepTypeFacts)) {
        // The language offers no cache for notebooks.
        const isKept = facts?.cacheKey !== undefined && names !== "`notebookJobStep`";
        assert.deepEqual([names, cache, retry], [names, word(isKept), word(facts?.retryable)]);
      }
  });

  it("give a pipeline that the stack accepts", () => {
    const made = getPipeline(cricketsContext);
    assert.equal(trainingPipelineProblem(made), undefined);
    assert.match(language.definitionBody(made.pipeline), /"Name":"Evaluate"/);
  });

  it("show an evaluation that the check accepts with the gate of that pipeline", () => {
    const text = codeOf(page("docs/evaluation.md"), "json");
    const { test, baseline } = JSON.parse(text);
    const asked = { modelUrl: baseline.model_url, splitRule: test.split_rule, sha256: baseline.sha256 };
    const evaluation = parseEvaluation(text, gateByNames(getPipeline(cricketsContext).gate), { baseline: asked });
    assert.deepEqual([evaluation.candidate.value, evaluation.baseline?.value], [0.31, 0.33]);
  });

  it("document every key of the gate in a table", () => {
    const listed = tableRows(modelPage, /^`[a-zA-Z]+`$/).map(([name = ""]) => name.replaceAll("`", ""));
    const members = Object.keys(getPipeline(cricketsContext).gate);
    assert.deepEqual(
      members.filter((name) => !listed.includes(name)),
      [],
    );
  });
});
