import type { StackNames } from "./stack-names.ts";

/**
 * Returns one line for each name that two pipelines share. Names that differ only in case count as shared, because SageMaker
 * writes the names of some pipelines in lower case in their ARNs.
 */
export function sharedNames(folders: readonly string[], names: StackNames): readonly string[] {
  const taken = new Map<string, string>();
  return folders.flatMap((folder) => {
    const name = names.pipeline(folder).toLowerCase();
    const other = taken.get(name);
    taken.set(name, folder);
    return other === undefined
      ? []
      : [
          `pipelines.${folder}.name: got ${names.pipeline(folder)}, which is also the name of pipeline ${other}; give each pipeline its own name`,
        ];
  });
}
