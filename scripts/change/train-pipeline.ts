import { join } from "node:path";
import type { PipelineModelChange } from "../../check/change/model-change.ts";
import { reportSummary } from "../../check/change/model-change.ts";
import { checkStack } from "../../check/check-stack.ts";
import { noBaseline } from "../../check/execution/baseline-option.ts";
import { limitName } from "../../check/gate/verdict.ts";
import { readGraph, stepsPart } from "../../check/report/read/read-execution.ts";
import { PendingReport } from "../../check/report/reported.ts";
import { executePipeline, executionExitCode } from "../../check/run-pipeline.ts";
import { ExitError } from "../../exit-code.ts";
import type { GatedPipeline, PipelineOutputs } from "../../stack-outputs.ts";
import { type ExecutionRequest, executionOptions } from "../local-stack/execution-options.ts";
import { localFolder } from "../local-stack/folders.ts";
import type { DeployedTree } from "./deployed-tree.ts";

/** The training of one pipeline of a deployed tree. */
export interface Training<Pipeline extends PipelineOutputs = PipelineOutputs> {
  readonly deployed: DeployedTree;
  readonly folder: string;
  readonly pipeline: Pipeline;
  readonly request: ExecutionRequest;
  /** The folder of its report. */
  readonly report: string;
}

type Trained = Partial<Pick<PipelineModelChange, "base" | "head" | "run">> & Pick<PipelineModelChange, "notes">;

async function checkOptions({ deployed, folder, pipeline, request }: Training<GatedPipeline>) {
  const { outputs } = deployed;
  return { ...(await executionOptions(deployed, folder, pipeline, request)), outputs, pipeline };
}

/** A ceiling that no model is over, or a floor that none is below. */
const noLimit = { lower: Number.MAX_VALUE, higher: -Number.MAX_VALUE };

/**
 * Trains the base's model and makes it the approved baseline. A model over the base's own ceiling becomes the baseline too,
 * because the question is what the change does to it; the second execution takes every job from the step cache.
 */
export async function trainBase(training: Training<GatedPipeline>): Promise<Trained> {
  const { pipeline, report } = training;
  const { direction } = pipeline.gate;
  const pending = new PendingReport(report);
  try {
    const options = { ...(await checkOptions(training)), baseline: noBaseline } as const;
    await checkStack(options, pending);
    const base = pending.report && reportSummary(pending.report);
    const notes: string[] = [];
    if (base?.verdict === "regression") {
      const limit = limitName(direction);
      notes.push(`The base's own model is worse than its ${limit}. It is the baseline all the same.`);
      const thresholds = { ceiling: noLimit[direction] };
      await checkStack({ ...options, thresholds }, new PendingReport(join(localFolder, "change", "report")));
    } else if (base?.verdict === "error")
      notes.push(`The base's model cannot be compared with: ${base.reasons[0] ?? ""}`);
    return { ...(base === undefined ? {} : { base }), notes };
  } catch (error) {
    if (!(error instanceof ExitError)) throw error;
    return { notes: [`The base's model was not trained: ${error.message}`] };
  }
}

/** Trains the head's model, and judges it against the base's model, if that is approved. */
export async function trainHead(training: Training<GatedPipeline>): Promise<Trained> {
  const pending = new PendingReport(training.report);
  await checkStack(await checkOptions(training), pending);
  return { ...(pending.report && { head: reportSummary(pending.report) }), notes: [] };
}

/** Runs the head's pipeline without a gate, which no check judges. */
export async function runHead({ deployed, folder, pipeline, request }: Training): Promise<Trained> {
  const options = await executionOptions(deployed, folder, pipeline, request);
  try {
    const ended = await executePipeline({ ...options, pipeline });
    const { arn, status, steps } = ended;
    const execution = { arn, status, ...stepsPart(steps, status) };
    const graph = await readGraph(deployed.clients.sagemaker, arn);
    return { run: { exitCode: executionExitCode(ended), execution, graph }, notes: [] };
  } catch (error) {
    if (!(error instanceof ExitError)) throw error;
    return { run: { exitCode: error.code }, notes: [error.message] };
  }
}
