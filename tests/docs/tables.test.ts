import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exitCode } from "../../exit-code.ts";
import { githubConfiguration } from "../../infra/configuration/github-configuration.ts";
import { pipelineConfiguration } from "../../infra/configuration/pipeline-configuration.ts";
import { stackConfiguration } from "../../infra/configuration/stack-configuration.ts";
import { templateVariables } from "../../infra/configuration/template-variables.ts";
import { faultRule } from "../../local/faults/fault-rule.ts";
import { parseFaults } from "../../local/faults/parse-faults.ts";
import { readImageTable } from "../../local/jobs/images/image-table.ts";
import { stepTypeFacts, stepTypes } from "../../service-model/step-types.ts";
import { codeBlocks, page, table, tableRows } from "./pages.ts";

function unquoted(cells: readonly (readonly string[])[]): readonly string[] {
  return cells.flatMap(([name = ""]) => name.split(", ").map((one) => one.replaceAll("`", "")));
}

function json(path: string): string {
  return (codeBlocks(page(path)).find(({ language }) => language === "json") as { readonly code: string }).code;
}

describe("the tables of docs/", () => {
  it("list every fault, with examples that the endpoint accepts", () => {
    const known = faultRule.options.map(({ shape }) => shape.fault.value);
    const listed = unquoted(tableRows(table(page("docs/faults.md"), "fault"), /^`/));
    assert.deepEqual([...listed].sort(), [...known].sort());
    assert.equal(parseFaults(json("docs/faults.md"), "docs/faults.md").length, 2);
  });

  it("show a table of images in the form that the endpoint reads", () => {
    const folder = mkdtempSync(join(tmpdir(), "images-"));
    const file = join(folder, "images.json");
    // The Pythons that the page names do not exist on this machine.
    writeFileSync(file, json("docs/local-endpoint.md").replace(/"python": "[^"]*"/g, '"python": "xgboost"'));
    assert.deepEqual(
      readImageTable(file).map(({ image }) => image),
      ["my-training:2.*", "sagemaker-xgboost:1.0-1*"],
    );
    rmSync(folder, { recursive: true });
  });

  it("map the variables of AWS's template to the configuration keys that replace them", () => {
    const listed = tableRows(table(page("docs/migrating.md"), "variable"), /^`/).map(([variable = "", key = ""]) => [
      variable.replaceAll("`", ""),
      key.replaceAll("`", "").replace("aws:", ""),
    ]);
    const environment = Object.fromEntries(listed.map(([variable = ""]) => [variable, "given"]));
    const taken = templateVariables(environment).map(({ variable, key }) => [variable, key]);
    assert.deepEqual(listed.toSorted(), taken.toSorted());
    const all = Object.keys(stackConfiguration.shape).filter((key) =>
      /^(artifact|sagemaker|account$|region$)/.test(key),
    );
    assert.equal(listed.length, all.length);
  });

  it("name the step types that run locally", () => {
    const [, list = ""] = /Steps of the types ([\w, ]+) run\./.exec(page("docs/local-endpoint.md").text) ?? [];
    const local = Object.keys(stepTypes).filter((type) => stepTypeFacts(type)?.runsLocally);
    assert.deepEqual(list.split(/, | and /).sort(), local.sort());
  });

  const keys: readonly (readonly [path: string, header: string, shape: object])[] = [
    ["docs/deploying.md", "key", stackConfiguration.shape],
    ["docs/deploying.md", "setting", pipelineConfiguration.shape],
    ["docs/github.md", "key below `github`", githubConfiguration.shape],
  ];
  for (const [path, header, shape] of keys)
    it(`list every ${header} of the configuration in ${path}`, () => {
      const listed = unquoted(tableRows(table(page(path), header), /^`/)).map((key) => key.replace("aws:", ""));
      assert.deepEqual([...listed].sort(), Object.keys(shape).sort());
    });

  for (const path of ["docs/check.md"])
    it(`list every exit code in ${path}`, () => {
      const listed = unquoted(tableRows(page(path), /^\d+(, \d+)*$/));
      assert.deepEqual(listed, [...Object.values(exitCode).map(String), "129", "130", "143"]);
    });
});
