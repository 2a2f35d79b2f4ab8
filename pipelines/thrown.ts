import { inspect } from "node:util";

/** Characters of a thrown value in a message. */
const mostCharacters = 200;

/** What was thrown as an Error with a message; JavaScript lets a program throw anything, a text or nothing at all. */
export function thrownError(thrown: unknown): Error {
  if (thrown instanceof Error && String(thrown.message) !== "") return thrown;
  if (thrown instanceof Error) return new Error(`${thrown.name} without a message`, { cause: thrown });
  const shown = inspect(thrown, { depth: 1, breakLength: Number.POSITIVE_INFINITY }).slice(0, mostCharacters);
  return new Error(`threw ${shown}, which is no Error: throw new Error("what is wrong")`, { cause: thrown });
}
