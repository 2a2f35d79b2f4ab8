import { dirname } from "node:path";
import type { Import } from "./compile.ts";
import { layers, unlimited, withPulumi } from "./layers.ts";

/** Lists the imports that break the layout: cycles of files or folders, and imports that `layers.ts` does not allow. */
export function importProblems(imports: readonly Import[]): readonly string[] {
  const files = imports.filter(({ to }) => to.endsWith(".ts"));
  const folders = files
    .map(({ from, to }) => ({ from: dirname(from), to: dirname(to) }))
    .filter(({ from, to }) => from !== to);
  return [
    ...cycle(files, "files"),
    ...cycle(folders, "folders"),
    ...files.flatMap(againstLayers),
    ...imports.flatMap(ofPulumi),
  ];
}

/** Returns one cycle, if there is any. The user sees the next one after removing this one. */
function cycle(edges: readonly Import[], of: string): readonly string[] {
  // A file that imports none of the remaining files cannot be in a cycle, so its edges are dropped.
  let left = edges;
  for (;;) {
    const importing = new Set(left.map(({ from }) => from));
    const next = left.filter(({ to }) => importing.has(to));
    if (next.length === left.length) break;
    left = next;
  }
  const path: string[] = [];
  let at = left[0]?.from;
  while (at !== undefined && !path.includes(at)) {
    path.push(at);
    at = left.find(({ from }) => from === at)?.to;
  }
  if (at === undefined) return [];
  return [`these ${of} import each other in a circle: ${[...path.slice(path.indexOf(at)), at].join(" -> ")}`];
}

/** Returns the part of the repository that a file belongs to: the most deeply nested one. */
function partOf(file: string): string {
  const parts = [...Object.keys(layers), ...unlimited].filter((part) => file === part || file.startsWith(`${part}/`));
  return /^pipelines\/[^/]+\//.exec(file)?.[0].slice(0, -1) ?? longest(parts) ?? file;
}

function longest(texts: readonly string[]): string | undefined {
  return texts.toSorted((a, b) => b.length - a.length)[0];
}

function againstLayers({ from, to }: Import): readonly string[] {
  const part = partOf(from);
  const other = partOf(to);
  if (part === other || unlimited.includes(part)) return [];
  const allowed = layers[part.replace(/^pipelines\/.*/, "pipelines/*")];
  if (allowed === undefined) return [`${from} is not in a part of the repository that scripts/imports/layers.ts names`];
  if (allowed.includes(other)) return [];
  return [`${from} imports ${to}: ${part} may import ${allowed.join(", ") || "nothing"}`];
}

function ofPulumi({ from, to }: Import): readonly string[] {
  if (!to.startsWith("@pulumi/") || withPulumi.includes(partOf(from))) return [];
  return [`${from} imports ${to}: only ${withPulumi.join(", ")} know Pulumi`];
}
