import type { DeployedPipeline, StackOutputs } from "../../stack-outputs.ts";
import { ExitError, exitCode } from "../command/exit-code.ts";
import type { EndedExecution } from "../execution/follow-execution.ts";
import { failureText, type RunOptions, runExecution } from "../execution/run-execution.ts";
import type { Report } from "../report/report.ts";
import { type Baseline, findBaseline } from "./baseline.ts";
import { type Evaluation, parseEvaluation } from "./evaluation.ts";
import { decideOnPackage, registeredPackage } from "./model-package.ts";
import { readEvaluation } from "./read-evaluation.ts";
import { judge, type Verdict } from "./verdict.ts";

export interface CheckOptions extends Omit<RunOptions, "pipelineName"> {
  readonly outputs: StackOutputs;
  readonly pipeline: DeployedPipeline;
}

function ceilingOf({ gate }: DeployedPipeline, parameters: CheckOptions["parameters"]): number {
  const given = parameters[gate.ceilingParameter];
  const ceiling = given === undefined ? gate.ceiling : Number(given);
  if (Number.isFinite(ceiling) && given?.trim() !== "") return ceiling;
  throw new ExitError(exitCode.usage, `--parameter ${gate.ceilingParameter} takes a number, not "${given}".`);
}

function verdictExitCode({ name }: Verdict, inconclusive: StackOutputs["inconclusive"]): number {
  if (name === "regression" || (name === "inconclusive" && inconclusive === "fail")) return exitCode.regression;
  return exitCode.pass;
}

/** Whether the execution ended where the pipeline itself refuses a model: in the gate's own Fail step, and only there. */
function endedAtCeiling(execution: EndedExecution, { gate }: DeployedPipeline): boolean {
  const failed = execution.steps.filter(({ StepStatus }) => StepStatus === "Failed");
  return (
    execution.status === "Failed" && failed.length > 0 && failed.every(({ StepName }) => StepName === gate.ceilingStep)
  );
}

function executionPart(execution: EndedExecution): NonNullable<Report["execution"]> {
  return {
    arn: execution.arn,
    status: execution.status,
    steps: execution.steps.map(({ StepName = "", StepStatus = "", CacheHitResult }) => ({
      name: StepName,
      status: StepStatus,
      cached: CacheHitResult !== undefined,
    })),
  };
}

function comparisonPart(evaluation: Evaluation, baseline: Baseline | undefined, verdict: Verdict): Partial<Report> {
  if (evaluation.baseline === undefined || baseline === undefined) return {};
  const { value, difference } = evaluation.baseline;
  return {
    baseline: { value, modelPackageArn: baseline.modelPackageArn },
    ...(verdict.margin === undefined ? {} : { comparison: { ...difference, margin: verdict.margin } }),
  };
}

/**
 * The stack check: runs the deployed pipeline with the approved model as its baseline, reads the evaluation, judges,
 * and does with the registered model what the verdict asks for.
 *
 * @throws ExitError with the exit codes 2 to 6; a regression is no error but a report
 */
export async function checkStack(options: CheckOptions): Promise<Report> {
  const { clients, outputs, pipeline, parameters, print } = options;
  const { gate } = pipeline;
  const ceiling = ceilingOf(pipeline, parameters);
  const baseline = await findBaseline(clients.sagemaker, pipeline.modelPackageGroup);
  print(baseline === undefined ? "No approved model yet." : `Baseline ${baseline.modelPackageArn}`);

  const execution = await runExecution({
    ...options,
    pipelineName: pipeline.name,
    // The ceiling too, so that the pipeline refuses by the same number as this check.
    parameters: {
      ...parameters,
      [gate.ceilingParameter]: String(ceiling),
      ...(baseline === undefined ? {} : { [gate.baselineParameter]: baseline.modelUrl }),
    },
  });
  const refused = endedAtCeiling(execution, pipeline);
  if (execution.status !== "Succeeded" && !refused)
    throw new ExitError(exitCode.executionFailed, await failureText(clients, execution));

  const { uri, text } = await readEvaluation(clients, execution, gate);
  const evaluation = parseEvaluation(text, baseline?.modelUrl);
  const verdict = judge(evaluation, { metric: gate.metric, ceiling, tolerance: gate.tolerance });
  if (refused && verdict.name !== "regression")
    throw new ExitError(
      exitCode.evaluation,
      `The pipeline refused the model in ${gate.ceilingStep}, but its evaluation is good: ${verdict.reasons[0]}`,
    );
  const modelPackageArn = registeredPackage(execution, gate.registerStep);
  const action =
    modelPackageArn === undefined
      ? undefined
      : await decideOnPackage({
          sagemaker: clients.sagemaker,
          modelPackageArn,
          verdict,
          approveModels: outputs.approveModels,
        });
  return {
    version: 1,
    verdict: verdict.name,
    exitCode: verdictExitCode(verdict, outputs.inconclusive),
    reasons: verdict.reasons,
    pipeline: pipeline.name,
    metric: gate.metric,
    ceiling,
    candidate: {
      value: evaluation.candidate.value,
      ...(modelPackageArn === undefined ? {} : { modelPackageArn }),
      ...(action === undefined ? {} : { action }),
    },
    ...comparisonPart(evaluation, baseline, verdict),
    test: evaluation.test,
    evaluation: uri,
    execution: executionPart(execution),
  };
}
