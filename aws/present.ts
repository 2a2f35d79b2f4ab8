import { isNotFound } from "../service-model/not-found.ts";
import { aws } from "./error.ts";

/** Returns what a call about an object answers; undefined where S3 says that there is none. @throws ExitError (6) if AWS cannot be asked */
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
