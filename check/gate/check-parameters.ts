import type { CheckOptions } from "./check-options.ts";
import { thresholds } from "./thresholds.ts";

/**
 * Returns the pipeline parameters of a check. The ceiling is one of them, so that the pipeline's condition uses the same number
 * as the check.
 */
export function checkParameters({ pipeline: { gate }, parameters, thresholds: given }: CheckOptions) {
  return { ...parameters, [gate.ceilingParameter]: String(thresholds(gate, parameters, given).ceiling.value) };
}
