import type { Pluggable } from "@smithy/types";

const calls = new WeakMap<object, string>();

/** Returns the call that failed with an error, such as `s3:GetObject`, if its client uses {@link nameOfCall}. */
export function callOf(error: Error): string | undefined {
  return calls.get(error);
}

/** Records the call of each error of a client, because some services do not name the action that they deny. */
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
