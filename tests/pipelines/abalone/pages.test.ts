import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { definitionBody } from "#language";
import { executionPermissions } from "../../../infra/permissions/execution-permissions.ts";
import { definitionDifference } from "../../../language/difference/definition-difference.ts";
import { differenceText } from "../../../language/difference/difference-text.ts";
import { mermaid } from "../../../language/mermaid.ts";
import { readDefinition } from "../../../language/read/read-definition.ts";
import { getPipeline } from "../../../pipelines/abalone/pipeline.ts";
import type { PipelineContext } from "../../../pipelines/training-pipeline.ts";
import { repository } from "../../../scripts/local-stack/folders.ts";
import { linkedPipeline, linkProblem, targets } from "../../docs/links.ts";
import { listedPermissions, statementCells } from "../../docs/listed-permissions.ts";
import { codeBlocks, page, pages } from "../../docs/pages.ts";
import { shownOutput } from "../../docs/shown-output.ts";

const readme = page("README.md");
const context: PipelineContext = {
  ...{ region: "eu-central-1", bucket: "artifacts", prefix: "abalone" },
  ...{ pipelineName: "abalone", modelPackageGroupName: "abalone" },
  roleArn: "arn:aws:iam::111122223333:role/execution",
};

describe("the pages that show the abalone pipeline", () => {
  it("draw the graph of the example pipeline", () => {
    const drawn = codeBlocks(readme).find(({ language }) => language === "mermaid")?.code;
    assert.equal(drawn?.trimEnd(), mermaid(getPipeline(context).pipeline).trimEnd());
  });

  it("show the lines that a first start prints before the endpoint runs", () => {
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

  it("show what --diff prints", () => {
    const { pipeline } = getPipeline(context);
    const read = (text: string) => readDefinition(text, { name: "abalone" });
    const before = definitionBody(pipeline);
    const after = before.replace('"max_depth":"5"', '"max_depth":"6"');
    const printed = differenceText(definitionDifference(read(before), read(after)));
    const shown = codeBlocks(page("docs/language.md")).find(({ code }) => code.includes("--diff before.json"));
    const [, lines = ""] = shown?.code.split(/(?=^Steps$)/m) ?? [];
    assert.ok(printed.startsWith(lines.replace(/ {2}\.\.\.\n$/, "")), printed);
  });

  it("list each permission of its execution role with a key and in a network", () => {
    const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/bucket";
    const network = { subnets: ["subnet-11111111"], securityGroupIds: ["sg-11111111"] };
    const { pipeline } = getPipeline({ ...context, kmsKeyArn, network });
    const deployed = [{ folder: "abalone", definition: JSON.parse(definitionBody(pipeline)), prefix: "abalone" }];
    const place = { partition: "aws", region: context.region, account: "111122223333", bucketName: "artifacts" };
    const { statements } = executionPermissions(deployed, { ...place, kmsKeyArn });
    assert.deepEqual(listedPermissions("execution role"), statements.map(statementCells));
  });

  it("link to files and headings of its folder that exist", () => {
    const links = pages.flatMap((one) =>
      targets(one)
        .filter((target) => linkedPipeline(one, target) === "abalone")
        .map((target) => [one, target] as const),
    );
    assert.ok(links.length > 5, String(links.length));
    assert.deepEqual(
      links.flatMap(([one, target]) => linkProblem(one, target) ?? []),
      [],
    );
  });
});
