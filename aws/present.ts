import { NoSuchBucket, NoSuchKey, NotFound } from "@aws-sdk/client-s3";
import { aws } from "./error.ts";

/** What a call about an object answers; undefined where S3 says that there is none. @throws ExitError (6) if AWS cannot be asked */
export async function present<T>(uri: string, call: () => Promise<T>): Promise<T | undefined> {
  return aws(`Reading ${uri}`, async () => {
    try {
      return await call();
    } catch (error) {
      if (error instanceof NoSuchKey || error instanceof NotFound || error instanceof NoSuchBucket) return undefined;
      throw error;
    }
  });
}
