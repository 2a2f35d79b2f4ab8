import type { LastOutputs } from "./last-outputs.ts";

/** The place of a stack's resources. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/**
 * Returns one line for the account and one for the region if they differ from those that the stack is deployed in. Pulumi does
 * not move resources of `aws-native` when the region changes, so the stack would be half in each place.
 */
export function movedStackProblems(last: LastOutputs, now: Place, stack: string): readonly string[] {
  const places = [
    ["account", "account"],
    ["region", "aws:region"],
  ] as const;
  return places.flatMap(([name, key]) => {
    const before = last[name];
    return before === undefined || before === now[name]
      ? []
      : [
          `${name}: got ${now[name]}, but the stack ${stack} is deployed in ${before}, and a stack cannot move; set it back (pulumi config set ${key} ${before}), or deploy a new stack in ${now[name]}: pulumi stack init NAME --copy-config-from ${stack}`,
        ];
  });
}
