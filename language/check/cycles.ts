import type { StepGraph } from "../../service-model/step-graph.ts";
import type { Problem } from "./problem.ts";

type Before = Map<string, readonly string[]>;

/** Removes the steps that wait for no remaining step until only cycles, and steps behind them, remain. Linear time. */
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

/** Returns one cycle. It follows the dependencies from any remaining step until a step repeats. */
function cycle(before: Before): readonly string[] {
  const [start = ""] = before.keys();
  const trail: string[] = [];
  for (let name = start; !trail.includes(name); ) {
    trail.push(name);
    name = before.get(name)?.find((each) => before.has(each)) ?? name;
    if (trail.includes(name)) return trail.slice(trail.indexOf(name));
  }
  return trail;
}

/** Returns a problem for each cycle of dependencies. `referenceProblems` reports a step that waits for itself. */
export function cycleProblems({ steps, edges }: StepGraph): readonly Problem[] {
  const lists = new Map<string, string[]>(steps.map(({ step }) => [step.Name, []]));
  for (const { from, to } of edges) if (from !== to) lists.get(to)?.push(from);
  const before: Before = lists;
  const problems: Problem[] = [];
  for (prune(before); before.size > 0; prune(before)) {
    const names = cycle(before);
    for (const name of names) before.delete(name);
    const [first = ""] = names;
    problems.push({
      path: `Steps.${first}`,
      message: `waits for itself through ${[...names, first].join(" <- ")}; remove one of these dependencies`,
    });
  }
  return problems;
}
