import type { JobStep } from "../steps/step.ts";
import { declaredChannels, declaredOutputs } from "./declared-names.ts";
import { type Problem, shown } from "./problem.ts";

/** The outputs and channels that a step's builder declared for other steps, by name. */
interface Offers {
  readonly outputs?: object;
  readonly channels?: object;
}

function missing(
  step: JobStep,
  offered: object | undefined,
  what: string,
  member: string,
  declared: readonly string[] | undefined,
): readonly Problem[] {
  if (offered === undefined || declared === undefined) return [];
  return Object.keys(offered)
    .filter((name) => !declared.includes(name))
    .map((name) => ({
      path: `Steps.${step.name}.Arguments.${member}`,
      message: `has no ${what} ${shown(name)}, which the step declares; it has ${declared.map(shown).join(", ") || "none"}`,
    }));
}

/** Returns a problem for each declared output or channel that the step's arguments do not have. */
export function offerProblems(step: JobStep): readonly Problem[] {
  const { outputs, channels } = step as Offers;
  if (step.type === "Processing")
    return missing(step, outputs, "output", "ProcessingOutputConfig.Outputs", declaredOutputs(step));
  if (step.type === "Training") return missing(step, channels, "channel", "InputDataConfig", declaredChannels(step));
  return [];
}
