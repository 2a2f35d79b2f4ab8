import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { definitionBody } from "#language";
import { definitionDifference } from "../../language/difference/definition-difference.ts";
import { differenceText } from "../../language/difference/difference-text.ts";
import { mermaid } from "../../language/mermaid.ts";
import { readDefinition } from "../../language/read/read-definition.ts";
import { getPipeline } from "../../pipelines/abalone/pipeline.ts";
import { repository } from "../../scripts/local-stack/folders.ts";
import { abaloneContext } from "../infra/abalone-context.ts";
import { codeBlocks, page, pages, prose } from "./pages.ts";
import { shownOutput } from "./shown-output.ts";

const readme = page("README.md");

describe("README.md", () => {
  it("has at most 150 lines", () => {
    assert.ok(readme.text.trimEnd().split("\n").length <= 150);
  });

  it("draws the graph of the example pipeline", () => {
    const drawn = codeBlocks(readme).find(({ language }) => language === "mermaid")?.code;
    assert.equal(drawn?.trimEnd(), mermaid(getPipeline(abaloneContext).pipeline).trimEnd());
  });

  it("shows the lines that a first start prints before the endpoint runs", () => {
    const sources = [
      "scripts/launch.mjs",
      "local/jobs/python/python-environment.ts",
      "scripts/local-stack/sample-file.ts",
    ]
      .map((file) => readFileSync(join(repository, file), "utf8"))
      .join("\n");
    const [installing = ""] = shownOutput("Installing the node modules").split("Local endpoint");
    for (const line of installing.trim().split("\n"))
      assert.ok(sources.includes(line.replace(/"(moto|xgboost)".*|\S+\.csv.*/, "")), line);
  });

  it("has pictures of less than 150 kB", () => {
    const pictures = pages.flatMap(({ text }) => [...text.matchAll(/!\[[^\]]*\]\((docs\/[^)]+)\)/g)]);
    assert.equal(pictures.length, 1);
    for (const [, file = ""] of pictures) assert.ok(statSync(join(repository, file)).size < 150_000, file);
  });
});

describe("docs/language.md", () => {
  it("shows what --diff prints", () => {
    const { pipeline } = getPipeline(abaloneContext);
    const read = (text: string) => readDefinition(text, { name: "abalone" });
    const before = definitionBody(pipeline);
    const after = before.replace('"max_depth":"5"', '"max_depth":"6"');
    const printed = differenceText(definitionDifference(read(before), read(after)));
    const shown = codeBlocks(page("docs/language.md")).find(({ code }) => code.includes("--diff before.json"));
    const [, lines = ""] = shown?.code.split(/(?=^Steps$)/m) ?? [];
    assert.ok(printed.startsWith(lines.replace(/ {2}\.\.\.\n$/, "")), printed);
  });
});

describe("the pages of docs/", () => {
  for (const { path, text } of pages.filter(({ path }) => path.startsWith("docs/")))
    it(`${path} has a question as its title and begins with the answer`, () => {
      assert.match(text, /^# .+\?\n\n[A-Z`]/);
    });

  it("contain no sentence with an inverted word order", () => {
    const sentences = pages.flatMap((one) =>
      [...prose(one).matchAll(/(?:^|[.:] )(?:What|Where|Whose|Of) [^.|]*/gm)].map(([text]) => `${one.path}: ${text}`),
    );
    assert.deepEqual(sentences, []);
  });
});
