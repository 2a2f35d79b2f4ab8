import { discard, type LocalAws, makeBucket, startLocalAws } from "./local-aws.ts";

/**
 * Starts an endpoint before the tests of a suite and ends it after them. Each endpoint has its own state, so suites do
 * not see each other's pipelines. All endpoints of a process share the prepared Pythons.
 *
 * @param bucket whether to create the tests' bucket
 * @returns the endpoint, for use in hooks and tests
 */
export function useLocalAws({ bucket = true } = {}): LocalAws {
  const aws = {} as LocalAws;
  before(async function () {
    this.timeout(180_000);
    Object.assign(aws, await startLocalAws());
    if (bucket) await makeBucket(aws);
  });
  after(() => (aws.state === undefined ? undefined : discard(aws)));
  return aws;
}

/** Ends an endpoint and starts it again with the same state. The object afterwards stands for the new endpoint. */
export async function restartLocalAws(aws: LocalAws): Promise<void> {
  await aws.close();
  Object.assign(aws, await startLocalAws(aws.state));
}
