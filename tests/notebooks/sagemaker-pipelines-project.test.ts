import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  DescribeModelPackageCommand,
  ListModelPackagesCommand,
  ListPipelineParametersForExecutionCommand,
} from "@aws-sdk/client-sagemaker";
import { pythonEnvironment } from "../../local/jobs/python/python-environment.ts";
import { hasCode } from "../../local/wire/local-error.ts";
import { localFolders, repository } from "../../scripts/local-stack/folders.ts";
import { page, tableRows } from "../docs/pages.ts";
import { NotebookRun } from "./notebook-run.ts";

const name = "notebooks/sagemaker-pipelines-project.ipynb";

interface Notebook {
  readonly cells: readonly {
    readonly cell_type: "code" | "markdown";
    readonly source: readonly string[];
    readonly execution_count?: number | null;
    readonly outputs?: readonly object[];
  }[];
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
    let ran: NotebookRun;
    before(async function () {
      const requirements = fileURLToPath(new URL("notebook.txt", import.meta.url));
      const environment = await pythonEnvironment("notebook", { folder: localFolders.python, requirements }).catch(
        (error: unknown) => {
          if (!hasCode(error, "no-network")) throw error;
          console.log("      skipped: the packages that run a notebook cannot be installed without the package index");
          return this.skip();
        },
      );
      ran = await NotebookRun.of(join(repository, name), environment);
    });
    after(() => ran?.remove());

    it("is valid, and formatted as Jupyter saves it", () => assert.ok(ran.formatted));

    it("shows the deployed definition, or the one of a file", () => {
      const { registerStep, evaluation } = ran.pipeline.gate;
      assert.match(
        ran.cell("steps").text,
        new RegExp(`^${registerStep} +RegisterModel .*\\b${evaluation.step}\\b`, "m"),
      );
      assert.match(ran.cell("of-file").text, /^Register +RegisterModel +Evaluate +Check$/m);
    });

    it("finds the metric and the ceiling, or the floor if higher values are better", () => {
      const { evaluation, ceilingParameter, baselineParameter } = ran.pipeline.gate;
      const lower = `metric    ${evaluation.value}, lower is better
from      ${evaluation.file} of ${evaluation.step}
ceiling   ${ceilingParameter}
baseline  ${baselineParameter}
models    ${ran.pipeline.modelPackageGroup}
`;
      const higher = `metric    multiclass_classification_metrics.accuracy.value, higher is better
from      evaluation.json of Evaluate
ceiling   Floor
baseline  Baseline
models    classification
`;
      assert.equal(ran.cell("gate").text, lower);
      assert.equal(ran.cell("floor").text, higher);
    });

    it("starts an execution for each variant and compares their metric with the ceiling", async () => {
      const executions = await ran.executions();
      assert.deepEqual(
        executions.slice(0, -1).map(({ PipelineExecutionDisplayName: shown }) => shown),
        ["notebook-half-of-the-rows", "notebook-all-rows"],
      );
      assert.match(
        ran.cell("executions").text,
        /from the step cache.*^all-rows: Succeeded$.*^half-of-the-rows: Succeeded$/ms,
      );
      const [, value, ceiling] = /^all-rows +(\S+) +(\S+) /m.exec(ran.cell("metrics").text) ?? [];
      assert.ok(Math.abs(Number(value) - ran.metric) < 1e-5, `${value} is ${ran.metric}`);
      assert.equal(Number(ceiling), ran.pipeline.gate.ceiling);
    });

    it("compares each later variant with the model of the first one, on the same rows", async () => {
      const [half] = await ran.executions();
      const command = new ListPipelineParametersForExecutionCommand({
        PipelineExecutionArn: half?.PipelineExecutionArn,
      });
      const { PipelineParameters: parameters = [] } = await ran.aws.sagemaker.send(command);
      const baseline = parameters.find(({ Name }) => Name === ran.pipeline.gate.baselineParameter);
      assert.match(baseline?.Value ?? "", /^s3:\/\/.*\/model\.tar\.gz$/);
      assert.match(ran.cell("metrics").text, /^all-rows +\S+ +\S+ +\d+ +0\.0/m);
      assert.match(ran.cell("metrics").text, /^half-of-the-rows +\S+ +\S+ +\d+ +-?\d+\.\d/m);
    });

    it("draws the data, the metrics and the predictions", () => {
      for (const id of ["distributions", "correlations", "metrics-plot", "predictions"])
        assert.equal(ran.cell(id).pictures, 1, id);
      assert.match(ran.cell("worst").text, /actual +predicted +error/);
    });

    it("approves the best model, with a reason", async () => {
      const { modelPackageGroup: ModelPackageGroupName } = ran.pipeline;
      const command = new ListModelPackagesCommand({ ModelPackageGroupName, ModelApprovalStatus: "Approved" });
      const { ModelPackageSummaryList: approved = [] } = await ran.aws.sagemaker.send(command);
      assert.equal(approved.length, 1);
      const [{ ModelPackageArn: ModelPackageName, ModelPackageVersion: version } = {}] = approved;
      assert.match(ran.cell("approval").text, new RegExp(`^${version} +\\d.* Approved `, "m"));
      const described = await ran.aws.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName }));
      assert.match(described.ApprovalDescription ?? "", /^It is the best of 2 models \((all-rows|half-of-the-rows)\)/);
    });

    it("lists the pipelines if there is none of the given name", () => {
      const told = `No pipeline nothing of local. Set PIPELINE to one of: ${ran.pipeline.name}`;
      assert.equal(ran.cell("no-pipeline").text.trim(), told);
    });
  });
});
