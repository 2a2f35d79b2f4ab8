import { expression, type UnknownReference } from "./expression.ts";

/** Returns the expression for a `Get` whose reference is invalid. */
export function unknownReference(reference: string): UnknownReference {
  return expression<UnknownReference>({ kind: "unknown", reference });
}
