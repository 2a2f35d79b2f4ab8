import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DescribeModelPackageCommand, ListModelPackagesCommand } from "@aws-sdk/client-sagemaker";
import { definitionText, renderDefinition } from "#language";
import { pythonEnvironment } from "../../local/jobs/python/python-environment.ts";
import { hasCode } from "../../local/wire/local-error.ts";
import { environmentContext } from "../../scripts/definition/environment-context.ts";
import { localFolders, repository } from "../../scripts/local-stack/folders.ts";
import { getPipeline } from "../check/gate/classification/pipeline.ts";
import { page, tableRows } from "../docs/pages.ts";
import { DeployedClone } from "../fresh-clone/deployed-clone.ts";
import { runPython } from "../local/clients/python-program.ts";

const name = "notebooks/sagemaker-pipelines-project.ipynb";

interface Notebook {
  readonly cells: readonly {
    readonly cell_type: "code" | "markdown";
    readonly source: readonly string[];
    readonly execution_count?: number | null;
    readonly outputs?: readonly object[];
  }[];
}

/** What a cell of the notebook showed. */
interface Shown {
  readonly text: string;
  readonly pictures: number;
}

const notebook: Notebook = JSON.parse(readFileSync(join(repository, name), "utf8"));
const code = notebook.cells.filter(({ cell_type }) => cell_type === "code");

describe(name, function () {
  this.timeout(180_000);

  it("is committed without outputs", () => {
    assert.ok(code.length > 10);
    for (const { outputs, execution_count } of code) assert.deepEqual([outputs, execution_count], [[], null]);
  });

  it("imports boto3, pandas and matplotlib, and otherwise only Python's own modules", () => {
    const lines = code.flatMap(({ source }) => source);
    const imported = lines.flatMap((line) => /^\s*(?:import|from) ([a-z0-9]+)/.exec(line)?.[1] ?? []);
    const own = new Set(["hashlib", "io", "itertools", "json", "os", "pathlib", "re", "time"]);
    assert.deepEqual(
      imported.filter((module) => !own.has(module)),
      ["boto3", "matplotlib", "pandas"],
    );
  });

  it("links to files that exist", () => {
    const text = notebook.cells.flatMap(({ source }) => source).join("");
    const targets = [...text.matchAll(/\]\((\.[^)]+)\)/g)].map(([, target = ""]) => target);
    assert.ok(targets.length > 0);
    assert.deepEqual(
      targets.filter((target) => !existsSync(join(repository, "notebooks", target))),
      [],
    );
  });

  it("calls only the operations that docs/notebook.md lists as permissions", () => {
    const text = code.flatMap(({ source }) => source).join("");
    const calls = [...text.matchAll(/\b(?:sagemaker\.|every\(\s*")([a-z]+(?:_[a-z]+)+)/g)].flatMap(([, call = ""]) =>
      call === "get_paginator" ? [] : [call.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())],
    );
    const [[, actions = ""] = []] = tableRows(page("docs/notebook.md"), /^SageMaker$/);
    const listed = [...actions.matchAll(/`(\w+)`/g)].map(([, action]) => action);
    assert.deepEqual(listed, [...new Set(calls)].toSorted());
  });

  describe("run from its first cell to its last", () => {
    let deployed: DeployedClone;
    let formatted = false;
    let cells: Readonly<Record<string, Shown>>;
    let candidate: { readonly value?: number } | undefined;
    let executions = 0;
    const cell = (id: string) => cells[id] ?? assert.fail(`the notebook has no cell ${id}`);

    before(async function () {
      const requirements = fileURLToPath(new URL("notebook.txt", import.meta.url));
      const environment = await pythonEnvironment("notebook", { folder: localFolders.python, requirements }).catch(
        (error: unknown) => {
          if (!hasCode(error, "no-network")) throw error;
          console.log("      skipped: the packages that run a notebook cannot be installed without the package index");
          return this.skip();
        },
      );
      deployed = await DeployedClone.make();
      const { clone } = deployed;
      const checked = await deployed.check(deployed.data);
      assert.equal(checked.code, 0, checked.output);
      ({ candidate } = clone.readJson(".local/report/report.json") as { candidate: typeof candidate });
      executions = await deployed.executions();

      const outputs = clone.readJson(".local/outputs.json") as { readonly pipelines: object };
      const [pipeline] = Object.keys(outputs.pipelines);
      const definition = join(clone.home, "definition.json");
      const classification = getPipeline(environmentContext("classification", {})).pipeline;
      writeFileSync(definition, definitionText(renderDefinition(classification), 2));
      const changes = {
        replace: {
          target: { 'PIPELINE = "abalone"': `PIPELINE = ${JSON.stringify(pipeline)}` },
          approval: { "APPROVE = False": "APPROVE = True" },
        },
        append: [
          {
            id: "of-file",
            source: `DEFINITION_FILE = ${JSON.stringify(definition)}`,
            again: ["parameters", "steps", "gate"],
            fails: false,
          },
          { id: "no-pipeline", source: 'PIPELINE = "nothing"', again: ["connection"], fails: true },
        ],
      };
      const { python, folder } = environment;
      const args = [join(clone.folder, name), JSON.stringify(changes)];
      // matplotlib takes a second to list the fonts of the machine, once for each folder of settings.
      const env = { MPLCONFIGDIR: join(folder, "matplotlib"), JUPYTER_PLATFORM_DIRS: "1" };
      const file = fileURLToPath(new URL("run_notebook.py", import.meta.url));
      const printed = await runPython({ python, file, args, url: deployed.url, folder: clone.home, env });
      ({ formatted, cells } = JSON.parse(printed));
    });
    after(() => deployed?.remove());

    it("is valid, and formatted as Jupyter saves it", () => assert.ok(formatted));

    it("reads the deployed definition, or the one of a file", () => {
      assert.match(cell("steps").text, /^\S+ +Condition\b/m);
      assert.match(cell("gate").text, /^metric {3}regression_metrics\.mse\.value, lower is better$/m);
      assert.match(
        cell("of-file").text,
        /^metric {3}multiclass_classification_metrics\.accuracy\.value, higher is better\nfrom {5}evaluation\.json of Evaluate\nceiling {2}Floor\nmodels {3}classification$/m,
      );
    });

    it("starts an execution for each variant and compares their metric with the ceiling", async () => {
      assert.equal(await deployed.executions(), executions + 2);
      assert.match(
        cell("executions").text,
        /from the step cache.*^all-rows: Succeeded$.*^half-of-the-rows: Succeeded$/ms,
      );
      const [, value, ceiling] = /^all-rows +(\S+) +(\S+) /m.exec(cell("metrics").text) ?? [];
      assert.equal(Number(value).toFixed(3), candidate?.value?.toFixed(3));
      assert.equal(Number(ceiling), 6);
      assert.match(cell("metrics").text, /^half-of-the-rows +\d/m);
    });

    it("draws the data, the metrics and the predictions", () => {
      for (const id of ["distributions", "correlations", "metrics-plot", "predictions"])
        assert.equal(cell(id).pictures, 1, id);
      assert.match(cell("worst").text, /actual +predicted +error/);
    });

    it("approves the best model, with a reason", async () => {
      const { ModelPackageSummaryList: models = [] } = await deployed.sagemaker.send(
        new ListModelPackagesCommand({
          ModelPackageGroupName: /^models +(\S+)$/m.exec(cell("gate").text)?.[1],
          ModelApprovalStatus: "Approved",
          SortBy: "CreationTime",
          SortOrder: "Descending",
        }),
      );
      assert.equal(models.length, 2, "one of the check, one of the notebook");
      const [best] = models;
      assert.match(cell("approval").text, new RegExp(`^${best?.ModelPackageVersion} +\\d.* Approved `, "m"));
      const ModelPackageName = best?.ModelPackageArn;
      const approved = await deployed.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName }));
      assert.match(approved.ApprovalDescription ?? "", /^It has the best mse \((all-rows|half-of-the-rows)\)/);
    });

    it("lists the pipelines if there is none of the given name", () => {
      assert.match(
        cell("no-pipeline").text,
        /^No pipeline nothing of local\. Set PIPELINE to one of: [\w-]+-training-local$/m,
      );
    });
  });
});
