import type { z } from "zod";
import { type Problem, shown } from "../check/problem.ts";

type Issue = z.core.$ZodIssue;

/** Returns the value that an issue is about. */
function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
}

/** Returns what the value must be, as the end of an error message. */
function expected(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `it must be ${{ string: "a text", array: "a list", record: "an object", object: "an object" }[issue.expected as string] ?? `a ${issue.expected}`}`;
    case "invalid_value":
      return `it must be ${issue.values.map(shown).join(" or ")}`;
    case "custom":
      return `it must be ${issue.params?.["expected"] ?? "an object"}`;
    default:
      return "SageMaker does not accept this form";
  }
}

/** Collects the problems with the form of a definition while it is read. */
export class Reader {
  readonly problems: Problem[] = [];

  report(path: string, message: string): void {
    this.problems.push({ path, message });
  }

  /** Returns the value in the schema's form. If it does not match, reports every problem and returns undefined. */
  parse<Schema extends z.ZodType>(schema: Schema, value: unknown, path: string): z.infer<Schema> | undefined {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      const place = `${path}${pathOf(issue.path)}`.replace(/^\./, "") || "the definition";
      const got = valueAt(value, issue.path);
      if (issue.code === "unrecognized_keys")
        this.report(place, `has ${issue.keys.map(shown).join(", ")}, which SageMaker does not accept there; remove it`);
      else if (got === undefined) this.report(place, `is missing; ${expected(issue)}`);
      else this.report(place, `is ${shown(got)}; ${expected(issue)}`);
    }
    return undefined;
  }
}
