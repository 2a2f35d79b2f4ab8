import type { StepGraph } from "../../service-model/step-graph.ts";
import type { Problem } from "./problem.ts";

type Before = Map<string, readonly string[]>;

/** Takes away whatever waits for nothing that is left, until nothing more can go. In time linear in steps and edges. */
function prune(before: Before): void {
  const after = new Map<string, string[]>();
  const waiting = new Map<string, number>();
  for (const [name, names] of before) {
    const left = names.filter((each) => before.has(each));
    waiting.set(name, left.length);
    for (const each of left) after.set(each, [...(after.get(each) ?? []), name]);
  }
  const free = [...before.keys()].filter((name) => waiting.get(name) === 0);
  for (let name = free.pop(); name !== undefined; name = free.pop()) {
    before.delete(name);
    for (const each of after.get(name) ?? []) {
      const left = (waiting.get(each) ?? 0) - 1;
      waiting.set(each, left);
      if (left === 0) free.push(each);
    }
  }
}

/** One circle: from any step that is left, whatever it waits for, until a step comes back. */
function circle(before: Before): readonly string[] {
  const [start = ""] = before.keys();
  const trail: string[] = [];
  for (let name = start; !trail.includes(name); ) {
    trail.push(name);
    name = before.get(name)?.find((each) => before.has(each)) ?? name;
    if (trail.includes(name)) return trail.slice(trail.indexOf(name));
  }
  return trail;
}

/** Steps that wait for each other in a circle. A step that waits for itself is the business of the references. */
export function cycleProblems({ steps, edges }: StepGraph): readonly Problem[] {
  const lists = new Map<string, string[]>(steps.map(({ step }) => [step.Name, []]));
  for (const { from, to } of edges) if (from !== to) lists.get(to)?.push(from);
  const before: Before = lists;
  const problems: Problem[] = [];
  for (prune(before); before.size > 0; prune(before)) {
    const names = circle(before);
    for (const name of names) before.delete(name);
    const [first = ""] = names;
    problems.push({
      path: `Steps.${first}`,
      message: `waits for itself, by ${[...names, first].join(" <- ")}; take one of these dependencies away`,
    });
  }
  return problems;
}
