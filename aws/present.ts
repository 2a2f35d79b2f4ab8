import { isNotFound } from "../service-model/not-found.ts";
import { aws } from "./error.ts";

/** Returns the answer of a call about an S3 object; undefined if the object does not exist. @throws ExitError (6) if the call fails otherwise */
export async function present<T>(uri: string, call: () => Promise<T>): Promise<T | undefined> {
  return aws(`Reading ${uri}`, async () => {
    try {
      return await call();
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  });
}
