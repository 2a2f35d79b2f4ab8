import { sortedJson } from "./sorted-json.ts";

interface Step {
  readonly Name?: string;
  readonly Arguments?: { readonly IfSteps?: readonly Step[]; readonly ElseSteps?: readonly Step[] };
}

/**
 * Returns the definition of each step as text, by the step's name. The text changes with the step's code, because code
 * addresses contain a hash. A condition's text excludes its inner steps, which have their own texts.
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

/** Returns those of the named steps that differ between two definitions. */
export function otherSteps(one: string, other: string, names: readonly string[]): readonly string[] {
  const [these, those] = [stepTexts(one), stepTexts(other)];
  return names.filter((name) => these.get(name) === undefined || these.get(name) !== those.get(name));
}
