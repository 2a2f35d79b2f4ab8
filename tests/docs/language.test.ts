import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type * as Language from "#language";
import { stepTypeFacts, stepTypes } from "../../service-model/step-types.ts";
import { compile } from "../types/compile.ts";

const local = fileURLToPath(new URL("../../.local", import.meta.url));
const page = readFileSync(new URL("../../docs/language.md", import.meta.url), "utf8");
const code = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block]) => block).join("\n");

/** What the code of the page finds beside it. */
const files = ["prepare.py", "evaluate.py", "program/main.py"];

describe("docs/language.md", function () {
  this.timeout(60_000);
  let folder: string;
  let language: typeof Language;
  let exported: Readonly<Record<string, unknown>>;

  before(async () => {
    mkdirSync(local, { recursive: true });
    folder = mkdtempSync(join(local, "readme-"));
    for (const name of ["sagemaker", "rings", "rings/program"]) mkdirSync(join(folder, name));
    for (const file of files) writeFileSync(join(folder, "rings", file), "");
    writeFileSync(join(folder, "sagemaker", "index.ts"), 'export * from "#language";\n');
    writeFileSync(join(folder, "rings", "pipeline.ts"), code);
    const project = { extends: "../../tsconfig.json", include: ["**/*.ts"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(project));
    // From where the page's code has it: the test runner loads what is imported statically a second time.
    language = await import(pathToFileURL(join(folder, "sagemaker", "index.ts")).href);
    exported = await import(pathToFileURL(join(folder, "rings", "pipeline.ts")).href);
  });

  after(() => rmSync(folder, { recursive: true }));

  it("compiles, with nothing unused", () => {
    assert.equal([...compile(folder).values()].join("").trim(), "");
  });

  for (const [, name = ""] of code.matchAll(/^export const (\w+) = pipeline\(/gm))
    it(`renders the pipeline ${name}`, () => {
      const body = language.definitionBody(exported[name] as Language.Pipeline);
      assert.match(body, /^\{"Version":"2020-12-01"/);
    });

  it("exports every pipeline that it makes", () => {
    assert.doesNotMatch(code, /^const \w+ = pipeline\(/m);
  });

  it("shows the problems that its code has", () => {
    const problems = exported["problems"] as readonly Language.Problem[];
    const lines = problems.map(({ path, message }) => `${path}: ${message}\n`);
    assert.ok(page.includes(`\`\`\`text\n${lines.join("")}\`\`\``), lines.join(""));
  });

  it("says of every step what the service does with it", () => {
    const rows = [...page.matchAll(/^\| (`\w+`.*?) \| ([\w, ]+) \| .* \| (yes|no) \| (yes|no) \|$/gm)];
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
});
