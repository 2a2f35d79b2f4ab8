import { type Expression, expression } from "./expression.ts";

/** A `Get` of a definition that was read, to something that the service does not have. */
export interface UnknownReference extends Expression<never> {
  readonly kind: "unknown";
  readonly reference: string;
}

/** The expression of a `Get` whose text leads to nothing known. */
export function unknownReference(reference: string): UnknownReference {
  return expression<UnknownReference>({ kind: "unknown", reference });
}
