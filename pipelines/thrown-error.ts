import { inspect } from "node:util";

/** The most characters of a thrown value that a message shows. */
const mostCharacters = 200;

/** Returns an Error with a message for a thrown value, because JavaScript programs may throw any value. */
export function thrownError(thrown: unknown): Error {
  if (thrown instanceof Error && String(thrown.message) !== "") return thrown;
  if (thrown instanceof Error) return new Error(`${thrown.name} without a message`, { cause: thrown });
  const shown = inspect(thrown, { depth: 1, breakLength: Number.POSITIVE_INFINITY }).slice(0, mostCharacters);
  return new Error(`threw ${shown}, which is not an Error; throw new Error("what is wrong")`, { cause: thrown });
}
