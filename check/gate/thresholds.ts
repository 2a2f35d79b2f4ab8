import { ExitError, exitCode } from "../../exit-code.ts";
import { type PipelineOutputs, thresholdNames } from "../../stack-outputs.ts";
import { type GivenThresholds, parseThreshold, type ThresholdName } from "./threshold-options.ts";
import { limitName, type Rules } from "./verdict.ts";

/**
 * Who chose a threshold: the pipeline's own gate, the stack's configuration on top of it, what an execution that is there
 * already was started with on top of both, a flag on top of all.
 */
export type ThresholdSource = "pipeline" | "configuration" | "execution" | "flag";

export interface Threshold {
  readonly value: number;
  readonly source: ThresholdSource;
}

export type Thresholds = Readonly<Record<ThresholdName, Threshold>>;

type Gate = Pick<PipelineOutputs["gate"], "ceiling" | "tolerance" | "configured" | "ceilingParameter">;

const sources = {
  pipeline: "the pipeline",
  configuration: "the stack's configuration",
  execution: "the execution",
  flag: "a flag",
};

/**
 * The thresholds that a check judges by: the gate's, but for those that flags give. The ceiling may also be given as the
 * pipeline parameter that carries it.
 *
 * @param started what an execution that is there was started with, or last judged by, in place of the gate's
 * @throws ExitError (2) if one is no number, or the ceiling is given both ways
 */
export function thresholds(
  { ceiling, tolerance, configured, ceilingParameter }: Gate,
  parameters: Readonly<Record<string, string>>,
  given: GivenThresholds = {},
  started: GivenThresholds = {},
): Thresholds {
  const parameter = parameters[ceilingParameter];
  if (parameter !== undefined && given.ceiling !== undefined)
    throw new ExitError(
      exitCode.usage,
      `--ceiling and --parameter ${ceilingParameter} are both given, and each is the ceiling: give one of them.`,
    );
  const flags: GivenThresholds =
    parameter === undefined
      ? given
      : { ...given, ceiling: parseThreshold("ceiling", `--parameter ${ceilingParameter}`, parameter) };
  const deployed = { ceiling, relativeTolerance: tolerance.relative, absoluteTolerance: tolerance.absolute };
  const one = (name: ThresholdName): Threshold => {
    const flag = flags[name];
    if (flag !== undefined) return { value: flag, source: "flag" };
    const before = started[name];
    if (before !== undefined && before !== deployed[name]) return { value: before, source: "execution" };
    return { value: deployed[name], source: configured.includes(name) ? "configuration" : "pipeline" };
  };
  return {
    ceiling: one("ceiling"),
    relativeTolerance: one("relativeTolerance"),
    absoluteTolerance: one("absoluteTolerance"),
  };
}

/**
 * The thresholds that are neither the pipeline's nor the configuration's, for the note of an execution: whoever judges it later
 * does so by these.
 */
export function givenThresholdsOf(all: Thresholds): { readonly thresholds?: Readonly<Record<string, number>> } {
  const given = thresholdNames.filter((name) => all[name].source === "flag" || all[name].source === "execution");
  return given.length === 0 ? {} : { thresholds: Object.fromEntries(given.map((name) => [name, all[name].value])) };
}

/** Each threshold with its source, for people. */
export function thresholdsText(all: Thresholds, direction: Rules["direction"]): string {
  const words = {
    ceiling: limitName(direction),
    relativeTolerance: "relative tolerance",
    absoluteTolerance: "absolute tolerance",
  };
  return thresholdNames.map((name) => `${words[name]} ${all[name].value} from ${sources[all[name].source]}`).join(", ");
}
