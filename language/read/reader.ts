import type { z } from "zod";
import { closest } from "../check/closest.ts";
import { type Problem, shown } from "../check/problem.ts";

type Issue = z.core.$ZodIssue;

/** Returns the value that an issue is about. */
function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

/** Tells whether an issue is about a member of the object that another issue is about. */
function isBeside(member: Issue, object: Issue): boolean {
  return member !== object && pathOf(member.path.slice(0, -1)) === pathOf(object.path) && member.path.length > 0;
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
}

/** Returns what the value must be, as the end of an error message. */
function expected(issue: Issue, got: unknown): string {
  switch (issue.code) {
    case "invalid_type":
      return `it must be ${{ string: "a text", array: "a list", record: "an object", object: "an object", boolean: "true or false" }[issue.expected as string] ?? `a ${issue.expected}`}`;
    case "invalid_union":
      return issue.message;
    case "invalid_value": {
      const meant = typeof got === "string" ? closest(got, issue.values.map(String)) : undefined;
      if (meant !== undefined) return `did you mean ${shown(meant)}?`;
      return `it must be ${issue.values.map(shown).join(" or ")}`;
    }
    case "custom":
      return `it must be ${issue.params?.["expected"] ?? "an object"}`;
    default:
      return "SageMaker does not accept this form";
  }
}

/** Returns the path of an item of a list: by its name, `Steps.Train`, if it has one, or else `Steps[0]`. */
export function namedPath(root: string, list: string, value: unknown, index: number): string {
  const name = (value as { Name?: unknown } | null)?.Name;
  return typeof name === "string" ? `${root}.${name}` : `${list}[${index}]`;
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
    const { issues } = result.error;
    for (const issue of issues) {
      const place = `${path}${pathOf(issue.path)}`.replace(/^\./, "") || "the definition";
      const got = valueAt(value, issue.path);
      const unrecognized = issues.find((other) => other.code === "unrecognized_keys" && isBeside(issue, other));
      if (issue.code === "unrecognized_keys") {
        const missing = issues.filter((other) => isBeside(other, issue) && valueAt(value, other.path) === undefined);
        const names = missing.map(({ path: at }) => String(at.at(-1)));
        const fix = names.length === 0 ? "remove it" : `did you mean ${names.join(", ")}?`;
        this.report(place, `has ${issue.keys.map(shown).join(", ")}, which SageMaker does not accept there; ${fix}`);
      } else if (got === undefined && unrecognized !== undefined) continue;
      else if (got === undefined) this.report(place, `is missing; ${expected(issue, got)}`);
      else this.report(place, `is ${shown(got)}; ${expected(issue, got)}`);
    }
    return undefined;
  }
}
