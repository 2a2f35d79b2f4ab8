import type { PolicyStatement } from "../../infra/permissions/policy.ts";
import { page, table, tableRows } from "./pages.ts";

/** Returns the first two cells of each row of docs/security.md about a role's statements. */
export function listedPermissions(role: string): readonly (readonly string[])[] {
  return tableRows(table(page("docs/security.md"), role), /^`/).map((row) => row.slice(0, 2));
}

/** Returns the first two cells of a statement's row: its Sid, and its actions after the name of their service. */
export function statementCells({ Sid, Action }: PolicyStatement): readonly string[] {
  const [service] = (Action[0] ?? "").split(":");
  return [`\`${Sid}\``, `\`${service}\`: ${Action.map((action) => action.split(":")[1]).join(", ")}`];
}
