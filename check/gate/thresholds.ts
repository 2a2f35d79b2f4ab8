import { ExitError, exitCode } from "../../exit-code.ts";
import { type DeployedPipeline, thresholdNames } from "../../stack-outputs.ts";
import { limitName, type Rules } from "./verdict.ts";

export type ThresholdName = (typeof thresholdNames)[number];

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

/** Those that an execution was started with, or last judged by. */
export type StartedThresholds = { readonly [name in ThresholdName]?: number | undefined };

/** Thresholds as given on the command line, as text. */
export type ThresholdFlags = { readonly [name in ThresholdName]?: string | undefined };

/** The options of a command that judges. */
export const thresholdOptions = {
  ceiling: { type: "string" },
  "relative-tolerance": { type: "string" },
  "absolute-tolerance": { type: "string" },
} as const;

export const thresholdHelp = `
  --ceiling NUMBER         the worst value of the metric that passes, in place of the deployed one
  --relative-tolerance F   how much worse than the approved model passes, as a fraction of its metric
  --absolute-tolerance N   and in the metric's unit besides
`.trim();

type Options = { readonly [option in keyof typeof thresholdOptions]?: string | undefined };

/** The thresholds that are given by options. */
export function givenThresholds(options: Options): ThresholdFlags {
  return {
    ceiling: options.ceiling,
    relativeTolerance: options["relative-tolerance"],
    absoluteTolerance: options["absolute-tolerance"],
  };
}

type Gate = Pick<DeployedPipeline["gate"], "ceiling" | "tolerance" | "configured" | "ceilingParameter">;

const flags = {
  ceiling: "--ceiling",
  relativeTolerance: "--relative-tolerance",
  absoluteTolerance: "--absolute-tolerance",
};
/** A relative tolerance is a fraction: 2 stands for 200 %, and was meant as 0.02. */
const largest = { ceiling: Number.MAX_VALUE, relativeTolerance: 1, absoluteTolerance: Number.MAX_VALUE };
const smallest = { ceiling: Number.NEGATIVE_INFINITY, relativeTolerance: 0, absoluteTolerance: 0 };
const sources = {
  pipeline: "the pipeline",
  configuration: "the stack's configuration",
  execution: "the execution",
  flag: "a flag",
};

function numberOf(text: string, flag: string, name: ThresholdName): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new ExitError(exitCode.usage, `${flag} takes a number, not "${text}".`);
  if (value < smallest[name])
    throw new ExitError(exitCode.usage, `${flag} takes a number of at least ${smallest[name]}, not ${text}.`);
  if (value > largest[name])
    throw new ExitError(exitCode.usage, `${flag} takes a fraction of at most 1, such as 0.02 for 2 %, not ${text}.`);
  return value;
}

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
  given: ThresholdFlags = {},
  started: StartedThresholds = {},
): Thresholds {
  const parameter = parameters[ceilingParameter];
  if (parameter !== undefined && given.ceiling !== undefined)
    throw new ExitError(
      exitCode.usage,
      `--ceiling and --parameter ${ceilingParameter} are both given, and each is the ceiling: give one of them.`,
    );
  const deployed = { ceiling, relativeTolerance: tolerance.relative, absoluteTolerance: tolerance.absolute };
  const one = (name: ThresholdName): Threshold => {
    const viaParameter = name === "ceiling" && parameter !== undefined;
    const text = viaParameter ? parameter : given[name];
    if (text !== undefined) {
      const flag = viaParameter ? `--parameter ${ceilingParameter}` : flags[name];
      return { value: numberOf(text, flag, name), source: "flag" };
    }
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
