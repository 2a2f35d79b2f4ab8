import { expression, type UnknownReference } from "./expression.ts";

/** The expression of a `Get` whose text leads to nothing known. */
export function unknownReference(reference: string): UnknownReference {
  return expression<UnknownReference>({ kind: "unknown", reference });
}
