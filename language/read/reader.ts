import type { z } from "zod";
import { type Problem, shown } from "../check/problem.ts";

type Issue = z.core.$ZodIssue;

/** The value that an issue is about. */
function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
}

/** What a value has to be, in words. */
function expected(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `it has to be ${{ string: "a text", array: "a list", record: "an object", object: "an object" }[issue.expected as string] ?? `a ${issue.expected}`}`;
    case "invalid_value":
      return `it has to be ${issue.values.map(shown).join(" or ")}`;
    case "custom":
      return `it has to be ${issue.params?.["expected"] ?? "an object"}`;
    default:
      return "SageMaker knows no such form of it";
  }
}

/** Collects what is wrong with the form of a definition while it is read. */
export class Reader {
  readonly problems: Problem[] = [];

  report(path: string, message: string): void {
    this.problems.push({ path, message });
  }

  /** The value in the schema's form, or undefined after all that is wrong with it has been reported. */
  parse<Schema extends z.ZodType>(schema: Schema, value: unknown, path: string): z.infer<Schema> | undefined {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      const place = `${path}${pathOf(issue.path)}`.replace(/^\./, "") || "the definition";
      const got = valueAt(value, issue.path);
      if (issue.code === "unrecognized_keys")
        this.report(
          place,
          `has ${issue.keys.map(shown).join(", ")}, which SageMaker does not know there; take it away`,
        );
      else if (got === undefined) this.report(place, `is missing; ${expected(issue)}`);
      else this.report(place, `is ${shown(got)}; ${expected(issue)}`);
    }
    return undefined;
  }
}
