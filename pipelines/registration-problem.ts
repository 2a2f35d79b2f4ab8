import type { Gate } from "./training-pipeline.ts";

/** The part of a registering step that names the evaluation. A JavaScript program may return any step. */
interface RegisteringStep {
  readonly arguments?: {
    readonly ModelMetrics?: { readonly ModelQuality?: { readonly Statistics?: { readonly S3Uri?: unknown } } };
  };
}

/**
 * Returns the problem of a gate whose models later checks could not compare with, or undefined. A check finds the evaluation of
 * an approved model through the statistics of the model's quality. Without them, the first model would pass, and no later one.
 */
export function registrationProblem({ registerStep, evaluation }: Gate): string | undefined {
  const { arguments: request } = registerStep as unknown as RegisteringStep;
  if (request?.ModelMetrics?.ModelQuality?.Statistics?.S3Uri !== undefined) return undefined;
  return `gate.registerStep ${registerStep.name} registers models without their evaluation, which later checks need; give it metrics: { modelQuality: { statistics: join("/", [step.outputs.${evaluation.output}, "${evaluation.path}"]) } } with the step ${evaluation.step}`;
}
