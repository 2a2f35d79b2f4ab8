import { type Expression, isExpression, type Primitive, type Value } from "../expressions/expression.ts";
import { join } from "../expressions/join.ts";

/** Hyperparameters by name. SageMaker accepts only strings, so other values are converted. */
export type Hyperparameters = Readonly<Record<string, Value<Primitive>>>;

type Strings = { readonly [name: string]: Value<string> };

function strings(hyperparameters: Hyperparameters, plain: (value: Primitive) => string): Strings {
  return Object.fromEntries(
    Object.entries(hyperparameters).map(([name, value]) => [
      name,
      isExpression(value) ? stringOf(value) : plain(value),
    ]),
  );
}

/** Converts an expression to a string, with a join if necessary. */
function stringOf(value: Expression<Primitive>): Expression<string> {
  return value.kind === "join" || value.kind === "execution-variable" ? value : join("", [value]);
}

/** Converts each value to plain text (`true`, not Python's `True`), as SageMaker's built-in algorithms expect. */
export function plainHyperparameters(hyperparameters: Hyperparameters): Strings {
  return strings(hyperparameters, String);
}

/** Converts each value to JSON, as SageMaker's framework images expect. */
export function jsonHyperparameters(hyperparameters: Hyperparameters): Strings {
  return strings(hyperparameters, (value) => JSON.stringify(value));
}
