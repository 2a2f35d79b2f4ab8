import { sortedJson } from "./sorted-json.ts";

interface Step {
  readonly Name?: string;
  readonly Arguments?: { readonly IfSteps?: readonly Step[]; readonly ElseSteps?: readonly Step[] };
}

/**
 * Each step of a definition as text, by its name, code included: that is named by its content. A condition is without the steps
 * in it, which have texts of their own.
 */
export function stepTexts(definition: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const add = (steps: readonly Step[] = []) => {
    for (const step of steps) {
      const { IfSteps, ElseSteps, ...rest } = step.Arguments ?? {};
      texts.set(step.Name ?? "", sortedJson({ ...step, Arguments: rest }));
      add(IfSteps);
      add(ElseSteps);
    }
  };
  add((JSON.parse(definition) as { readonly Steps?: readonly Step[] }).Steps);
  return texts;
}

/** The steps of these names that two definitions have otherwise. */
export function otherSteps(one: string, other: string, names: readonly string[]): readonly string[] {
  const [these, those] = [stepTexts(one), stepTexts(other)];
  return names.filter((name) => these.get(name) === undefined || these.get(name) !== those.get(name));
}
