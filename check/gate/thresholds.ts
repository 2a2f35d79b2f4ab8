import { ExitError, exitCode } from "../../exit-code.ts";
import { type GateOutputs, thresholdNames } from "../../stack-outputs.ts";
import { type GivenThresholds, parseThreshold, type ThresholdName } from "./threshold-options.ts";
import { limitName, type Rules } from "./verdict.ts";

/**
 * The origin of a threshold. A flag overrides the value that an existing execution was started with, which overrides the stack's
 * configuration, which overrides the pipeline's own gate.
 */
export type ThresholdSource = "pipeline" | "configuration" | "execution" | "flag";

export interface Threshold {
  readonly value: number;
  readonly source: ThresholdSource;
}

export type Thresholds = Readonly<Record<ThresholdName, Threshold>>;

type Gate = Pick<GateOutputs, "ceiling" | "tolerance" | "configured" | "ceilingParameter">;

const sources = {
  pipeline: "the pipeline",
  configuration: "the stack's configuration",
  execution: "the execution",
  flag: "a flag",
};

/** Returns the thresholds that were deployed with a gate. */
export function deployedThresholds({ ceiling, tolerance }: Pick<Gate, "ceiling" | "tolerance">) {
  return { ceiling, relativeTolerance: tolerance.relative, absoluteTolerance: tolerance.absolute };
}

/**
 * Returns the thresholds that a check uses: the gate's, unless flags give others. The ceiling may also be given as the pipeline
 * parameter for it.
 *
 * @param started the thresholds that an existing execution was started with or last judged by, which replace the gate's
 * @throws ExitError (2) if a threshold is not a number, or the ceiling is given both ways
 */
export function thresholds(
  gate: Gate,
  parameters: Readonly<Record<string, string>>,
  given: GivenThresholds = {},
  started: GivenThresholds = {},
): Thresholds {
  const { configured, ceilingParameter } = gate;
  const parameter = parameters[ceilingParameter];
  if (parameter !== undefined && given.ceiling !== undefined)
    throw new ExitError(
      exitCode.usage,
      `--ceiling and --parameter ${ceilingParameter} both give the ceiling: give one of them.`,
    );
  const flags: GivenThresholds =
    parameter === undefined
      ? given
      : { ...given, ceiling: parseThreshold("ceiling", `--parameter ${ceilingParameter}`, parameter) };
  const deployed = deployedThresholds(gate);
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
 * Returns the thresholds from flags or from the execution, for the execution's note, so that a later check judges it with the
 * same ones.
 */
export function givenThresholdsOf(all: Thresholds): { readonly thresholds?: Readonly<Record<string, number>> } {
  const given = thresholdNames.filter((name) => all[name].source === "flag" || all[name].source === "execution");
  return given.length === 0 ? {} : { thresholds: Object.fromEntries(given.map((name) => [name, all[name].value])) };
}

/** Formats each threshold with its source, for people. */
export function thresholdsText(all: Thresholds, direction: Rules["direction"]): string {
  const words = {
    ceiling: limitName(direction),
    relativeTolerance: "relative tolerance",
    absoluteTolerance: "absolute tolerance",
  };
  return thresholdNames.map((name) => `${words[name]} ${all[name].value} from ${sources[all[name].source]}`).join(", ");
}
