import type { PolicyStatement } from "./permissions/policy.ts";

/** Replaces the wildcards of a resource, because IAM simulates calls on concrete resources only. */
export function example(resource: string): string {
  return resource === "*" ? resource : resource.replaceAll("*", "example");
}

interface ContextEntry {
  readonly key: string;
  readonly type: string;
  readonly values: string[];
}

/** Returns the condition keys of simulated calls: one call for each combination of values that the statement's condition lists. */
export function simulatedContexts({ Condition = {} }: PolicyStatement): readonly ContextEntry[][] {
  const keys = Object.values(Condition).flatMap((line) => Object.entries(line));
  return keys.reduce<readonly ContextEntry[][]>(
    (sofar, [key, values]) =>
      sofar.flatMap((entries) =>
        [values].flat().map((value) => {
          const type = key === "kms:GrantIsForAWSResource" ? "boolean" : "string";
          return [...entries, { key, type, values: [example(value)] }];
        }),
      ),
    [[]],
  );
}
