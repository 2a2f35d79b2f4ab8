import type { Pluggable } from "@smithy/types";

const calls = new WeakMap<object, string>();

/** The call that an error is of, such as `s3:GetObject`, where the client names it by {@link nameOfCall}. */
export function callOf(error: Error): string | undefined {
  return calls.get(error);
}

/** Remembers for each error of a client which call it is of: not every service says what it does not allow. */
export function nameOfCall<Input extends object, Output extends object>(): Pluggable<Input, Output> {
  return {
    applyToStack(stack) {
      stack.add(
        (next, { clientName = "", commandName = "" }) =>
          async (args) => {
            try {
              return await next(args);
            } catch (error) {
              const service = clientName.replace(/Client$/, "").toLowerCase();
              if (error instanceof Error) calls.set(error, `${service}:${commandName.replace(/Command$/, "")}`);
              throw error;
            }
          },
        { step: "initialize", name: "nameOfCall" },
      );
    },
  };
}
