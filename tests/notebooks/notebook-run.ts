import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ListPipelineExecutionsCommand, type PipelineExecutionSummary } from "@aws-sdk/client-sagemaker";
import { definitionText, renderDefinition } from "#language";
import { metricValue } from "../../check/gate/metric-value.ts";
import { readEvaluation } from "../../check/gate/read-evaluation.ts";
import type { PythonEnvironment } from "../../local/jobs/python/python-environment.ts";
import { environmentContext } from "../../scripts/definition/environment-context.ts";
import { gatedPipelines } from "../../scripts/stack/gated-pipelines.ts";
import type { GatedPipeline } from "../../stack-outputs.ts";
import { getPipeline } from "../check/gate/classification/pipeline.ts";
import { deployedState } from "../fresh-clone/deployed-state.ts";
import { runPython } from "../local/clients/python-program.ts";
import { type Followed, type LocalAws, run, startLocalAws, temporaryFolder } from "../local/local-aws.ts";

/** The text and the number of pictures that a cell of the notebook showed. */
interface Shown {
  readonly text: string;
  readonly pictures: number;
}

/** A deployed stack with one execution, and what the notebook's cells showed when they ran against it. */
export class NotebookRun {
  readonly aws: LocalAws;
  readonly pipeline: GatedPipeline;
  /** The metric of the execution before the notebook's, as the stack check reads it. */
  readonly metric: number;
  /** Whether the file is as Jupyter saves it. */
  readonly formatted: boolean;
  readonly #folder: string;
  readonly #cells: Readonly<Record<string, Shown>>;

  private constructor(
    made: Pick<NotebookRun, "aws" | "pipeline" | "metric" | "formatted">,
    folder: string,
    cells: Readonly<Record<string, Shown>>,
  ) {
    this.aws = made.aws;
    this.pipeline = made.pipeline;
    this.metric = made.metric;
    this.formatted = made.formatted;
    this.#folder = folder;
    this.#cells = cells;
  }

  /**
   * Runs a notebook whose best model a person approves. Runs some cells again at its end: `of-file` with the definition of
   * another pipeline from a file, `floor` as if that pipeline were deployed, and `no-pipeline` with a pipeline that does not
   * exist.
   */
  static async of(notebook: string, environment: PythonEnvironment): Promise<NotebookRun> {
    const { outputs, data, copyTo } = await deployedState();
    const folder = await temporaryFolder();
    copyTo(folder);
    const aws = await startLocalAws(join(folder, "state"));
    try {
      const [gated] = gatedPipelines(outputs, undefined, () => {});
      assert.ok(gated !== undefined);
      const { pipeline } = gated;
      const metric = await metricOf(aws, pipeline, await run(aws, pipeline.name, { InputDataUrl: data }));
      const changes = changesFor(gated.folder, definitionFile(folder));
      const program = {
        python: environment.python,
        file: fileURLToPath(new URL("run_notebook.py", import.meta.url)),
        args: [notebook, JSON.stringify(changes)],
        // matplotlib takes a second to list the fonts of the machine, once for each folder of settings.
        env: { MPLCONFIGDIR: join(environment.folder, "matplotlib"), JUPYTER_PLATFORM_DIRS: "1" },
      };
      const { formatted, cells } = JSON.parse(await runPython({ ...program, url: aws.url, folder }));
      return new NotebookRun({ aws, pipeline, metric, formatted }, folder, cells);
    } catch (error) {
      await aws.close();
      rmSync(folder, { recursive: true });
      throw error;
    }
  }

  cell(id: string): Shown {
    return this.#cells[id] ?? assert.fail(`the notebook has no cell ${id}`);
  }

  /** Lists the executions of the pipeline, the newest first. */
  async executions(): Promise<readonly PipelineExecutionSummary[]> {
    const command = new ListPipelineExecutionsCommand({ PipelineName: this.pipeline.name });
    return (await this.aws.sagemaker.send(command)).PipelineExecutionSummaries ?? [];
  }

  async remove(): Promise<void> {
    await this.aws.close();
    rmSync(this.#folder, { recursive: true });
  }
}

async function metricOf(aws: LocalAws, { gate }: GatedPipeline, { arn, steps }: Followed): Promise<number> {
  const ended = { arn, status: "Succeeded" as const, steps: Object.values(steps) };
  const { text } = await readEvaluation(aws, ended, gate);
  return metricValue(JSON.parse(text), gate.evaluation.value);
}

/** Writes the definition of a pipeline whose metric is better if it is higher. Returns the file's path. */
function definitionFile(folder: string): string {
  const file = join(folder, "definition.json");
  const { pipeline } = getPipeline(environmentContext("classification", {}));
  writeFileSync(file, definitionText(renderDefinition(pipeline), 2));
  return file;
}

/** Returns the changes of the notebook, in the form that `run_notebook.py` describes. */
function changesFor(pipeline: string, definition: string): object {
  const file = JSON.stringify(definition);
  return {
    replace: {
      target: { 'PIPELINE = "abalone"': `PIPELINE = ${JSON.stringify(pipeline)}` },
      approval: { "APPROVE = False": "APPROVE = True" },
    },
    append: [
      { id: "of-file", source: `DEFINITION_FILE = ${file}`, again: ["parameters", "steps"], fails: false },
      { id: "floor", source: `deployed = json.loads(Path(${file}).read_text())`, again: ["gate"], fails: false },
      { id: "no-pipeline", source: 'PIPELINE = "nothing"', again: ["connection"], fails: true },
    ],
  };
}
