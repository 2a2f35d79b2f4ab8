import { join } from "node:path";
import type { ModelChange, PipelineModelChange } from "../../check/change/model-change.ts";
import { verdictByBase } from "../../check/change/verdict-by-base.ts";
import { ExitError } from "../../exit-code.ts";
import { LocalError } from "../../local/wire/local-error.ts";
import { isGated, type StackOutputs } from "../../stack-outputs.ts";
import type { ExecutionRequest } from "../local-stack/execution-options.ts";
import { MissingData } from "../local-stack/input-data.ts";
import { type SourceTree, withBaseTree } from "./base-tree.ts";
import { deployTree, type TreeTarget } from "./deployed-tree.ts";
import { partsOf, pipelinePlans, type TreeParts } from "./pipeline-plans.ts";
import { runHead, trainBase, trainHead } from "./train-pipeline.ts";

export interface ChangeRequest {
  readonly target: TreeTarget;
  readonly data: ExecutionRequest;
  /** The commit of the base's tree. */
  readonly mergeBase: string;
  readonly head: SourceTree;
  /** The only pipeline to look at. */
  readonly pipeline?: string | undefined;
  /** The folder of all reports. */
  readonly report: string;
}

/** What was learned about the base. */
interface Base {
  readonly parts: TreeParts;
  readonly outputs: StackOutputs;
  readonly plans: readonly PipelineModelChange[];
}

/** Returns the plans of the pipelines that the user wants. */
function wanted({ pipeline }: ChangeRequest, plans: readonly PipelineModelChange[]): readonly PipelineModelChange[] {
  return plans.filter(({ folder }) => pipeline === undefined || folder === pipeline);
}

function isTrained({ kind }: PipelineModelChange): boolean {
  return kind === "changed" || kind === "new";
}

/** Deploys the base, and trains the models that head's are compared with. */
async function baseModels(request: ChangeRequest, headParts: TreeParts): Promise<Base> {
  const { target, data, mergeBase, report } = request;
  return withBaseTree(mergeBase, target, async (tree) => {
    const deployed = await deployTree(tree, target);
    const parts = await partsOf(deployed, data);
    const plans: PipelineModelChange[] = [];
    for (const plan of wanted(request, pipelinePlans(parts, headParts))) {
      const { folder } = plan;
      const pipeline = deployed.outputs.pipelines[folder];
      // Without a gate in head, nothing judges the two models.
      const isCompared = plan.kind === "changed" && headParts[folder]?.gate !== undefined;
      if (!isCompared || pipeline === undefined || !isGated(pipeline)) {
        plans.push(plan);
        continue;
      }
      data.print(`\nBase of ${folder}`);
      const training = { deployed, folder, pipeline, request: data, report: join(report, folder, "base") };
      const { notes, ...base } = await trainBase(training);
      plans.push({ ...plan, ...base, notes: [...plan.notes, ...notes] });
    }
    return { parts, outputs: deployed.outputs, plans };
  });
}

/** Returns the base, or the reason why it has no models. Only a signal and a defect of this command are errors. */
async function baseOrReason(request: ChangeRequest, headParts: TreeParts): Promise<Base | string> {
  try {
    return await baseModels(request, headParts);
  } catch (error) {
    request.target.signal.throwIfAborted();
    if (!(error instanceof LocalError || error instanceof ExitError)) throw error;
    return error.message;
  }
}

/** Trains the head's model of a pipeline, and judges it by both thresholds if they differ. */
async function headChange(
  plan: PipelineModelChange,
  deployed: Awaited<ReturnType<typeof deployTree>>,
  { data, report }: ChangeRequest,
  base: Base | undefined,
): Promise<PipelineModelChange> {
  const { folder } = plan;
  const pipeline = deployed.outputs.pipelines[folder];
  if (pipeline === undefined) return plan;
  data.print(`\nHead of ${folder}`);
  const training = { deployed, folder, request: data, report: join(report, folder) };
  try {
    const trained = isGated(pipeline)
      ? await trainHead({ ...training, pipeline })
      : await runHead({ ...training, pipeline });
    const change = { ...plan, ...trained, notes: [...plan.notes, ...trained.notes] };
    const gate = base?.outputs.pipelines[folder]?.gate;
    if (change.head === undefined || gate === undefined || change.thresholds.length === 0) return change;
    const underBase = verdictByBase(change.head, change.base, gate);
    return underBase === undefined ? change : { ...change, underBase };
  } catch (error) {
    if (!(error instanceof MissingData)) throw error;
    return { ...plan, notes: [...plan.notes, error.message] };
  }
}

/**
 * Trains the models that a change of the sources changes, first the base's and then the head's, on one endpoint and with the
 * same data, so that steps which both share come from the step cache. Trains nothing if no pipeline changes.
 *
 * @throws LocalError ("deploy") if head cannot be deployed; ExitError if its data cannot be used
 */
export async function trainChange(request: ChangeRequest): Promise<Pick<ModelChange, "pipelines" | "reasons">> {
  const { target, data, head } = request;
  // Head comes first, because a mistake in it ends the command at once.
  const headParts = await partsOf(await deployTree(head, target), data);
  const base = await baseOrReason(request, headParts);
  const isKnown = typeof base !== "string";
  const plans = isKnown ? base.plans : wanted(request, pipelinePlans(undefined, headParts));
  const reasons = isKnown ? [] : [`The base has no models to compare with, so only the limits decided: ${base}`];
  if (!plans.some(isTrained)) return { pipelines: plans, reasons };
  const deployed = await deployTree(head, target);
  const pipelines: PipelineModelChange[] = [];
  for (const plan of plans)
    pipelines.push(isTrained(plan) ? await headChange(plan, deployed, request, isKnown ? base : undefined) : plan);
  return { pipelines, reasons };
}
