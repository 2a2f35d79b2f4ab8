import { type Expression, isExpression, type Primitive, type Value } from "../expressions/expression.ts";
import { join } from "../expressions/join.ts";

/** Hyperparameters by name. The service takes strings only. */
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

/** Of an expression a join makes a string. */
function stringOf(value: Expression<Primitive>): Expression<string> {
  return value.kind === "join" || value.kind === "execution-variable" ? value : join("", [value]);
}

/** As built-in algorithms take them: the plain text of each value (`true`, where Python would write `True`). */
export function plainHyperparameters(hyperparameters: Hyperparameters): Strings {
  return strings(hyperparameters, String);
}

/** As SageMaker's framework images take them: the JSON of each value. */
export function jsonHyperparameters(hyperparameters: Hyperparameters): Strings {
  return strings(hyperparameters, (value) => JSON.stringify(value));
}
