import type { PipelineDefinition } from "../../service-model/definition.ts";
import { ownArguments, placedSteps } from "../../service-model/step-graph.ts";
import { sortedJson } from "./sorted-json.ts";

/**
 * Returns the definition of each step as text, by the step's name. The text changes with the step's code, because code
 * addresses contain a hash. A condition's text excludes its inner steps, which have their own texts. A loop's text includes
 * its body, because SageMaker selects a loop only as a whole.
 */
export function stepTexts(definition: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const { Steps = [] } = JSON.parse(definition) as Partial<PipelineDefinition>;
  for (const { step, containers } of placedSteps({ Steps })) {
    const { Name } = containers.find(({ part }) => part === "body")?.step ?? step;
    texts.set(Name, `${texts.get(Name) ?? ""}${sortedJson({ ...step, Arguments: ownArguments(step) })}`);
  }
  return texts;
}

/** Returns those of the named steps that differ between two definitions. */
export function otherSteps(one: string, other: string, names: readonly string[]): readonly string[] {
  const [these, those] = [stepTexts(one), stepTexts(other)];
  return names.filter((name) => these.get(name) === undefined || these.get(name) !== those.get(name));
}
