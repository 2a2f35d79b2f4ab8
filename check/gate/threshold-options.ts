import { ExitError, exitCode } from "../../exit-code.ts";
import type { thresholdNames } from "../../stack-outputs.ts";

export type ThresholdName = (typeof thresholdNames)[number];

/** Thresholds from flags, or those that an execution was started with or last judged by. */
export type GivenThresholds = { readonly [name in ThresholdName]?: number | undefined };

/** The threshold options of a command that judges. */
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

/** The largest relative tolerance. It is a fraction, so a value such as 2 (200 %) probably means 2 %. */
const largest = { ceiling: Number.MAX_VALUE, relativeTolerance: 1, absoluteTolerance: Number.MAX_VALUE };
const smallest = { ceiling: Number.NEGATIVE_INFINITY, relativeTolerance: 0, absoluteTolerance: 0 };

/**
 * Reads a threshold.
 *
 * @param option the option that the user gave, for the error
 * @throws ExitError (2) for anything but a number in the threshold's range
 */
export function parseThreshold(name: ThresholdName, option: string, text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new ExitError(exitCode.usage, `${option} takes a number, not "${text}".`);
  if (value < smallest[name])
    throw new ExitError(exitCode.usage, `${option} takes a number of at least ${smallest[name]}, not ${text}.`);
  if (value > largest[name])
    throw new ExitError(exitCode.usage, `${option} takes a fraction of at most 1, such as 0.02 for 2 %, not ${text}.`);
  return value;
}

/**
 * Reads the thresholds from the options.
 *
 * @throws as {@link parseThreshold}
 */
export function parseThresholds(options: Options): GivenThresholds {
  const given = (name: ThresholdName, option: keyof Options) => {
    const text = options[option];
    return text === undefined ? undefined : parseThreshold(name, `--${option}`, text);
  };
  return {
    ceiling: given("ceiling", "ceiling"),
    relativeTolerance: given("relativeTolerance", "relative-tolerance"),
    absoluteTolerance: given("absoluteTolerance", "absolute-tolerance"),
  };
}
