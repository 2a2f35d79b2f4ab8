import type { StackOutputs } from "../../stack-outputs.ts";

/** The names of a stack's own pipelines and model package groups. */
export interface OwnNames {
  readonly pipelines: readonly string[];
  readonly groups: readonly string[];
}

/** Returns the names that are in a stack's outputs, in its state, or in both. */
export function ownNames({ pipelines }: Pick<StackOutputs, "pipelines">, state: OwnNames): OwnNames {
  const all = Object.values(pipelines);
  const groups = all.flatMap(({ modelPackageGroup, ownsModelPackageGroup }) =>
    ownsModelPackageGroup && modelPackageGroup !== undefined ? modelPackageGroup : [],
  );
  return {
    pipelines: [...new Set([...all.map(({ name }) => name), ...state.pipelines])],
    groups: [...new Set([...groups, ...state.groups])],
  };
}
