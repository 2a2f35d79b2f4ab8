import type { PolicyStatement } from "./permissions/policy.ts";

/** A resource as a call names it: a simulation knows no wildcards. */
export function example(resource: string): string {
  return resource === "*" ? resource : resource.replaceAll("*", "example");
}

interface ContextEntry {
  readonly key: string;
  readonly type: string;
  readonly values: string[];
}

/** What calls of a statement say of themselves: a call has one value for a key, and the condition any of a list, so all. */
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
