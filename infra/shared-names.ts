import type { StackNames } from "./stack-names.ts";

/** What two pipelines may not share, a line for each name: SageMaker tells names apart by more than their case, ARNs do not. */
export function sharedNames(folders: readonly string[], names: StackNames): readonly string[] {
  const taken = new Map<string, string>();
  return folders.flatMap((folder) => {
    const name = names.pipeline(folder).toLowerCase();
    const other = taken.get(name);
    taken.set(name, folder);
    return other === undefined
      ? []
      : [
          `pipelines.${folder}.name: got ${names.pipeline(folder)}, which pipeline ${other} has, too; give each its own`,
        ];
  });
}
