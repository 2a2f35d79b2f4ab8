import { discard, type LocalAws, makeBucket, startLocalAws } from "./local-aws.ts";

/**
 * Starts an endpoint before the tests of a suite, with the tests' bucket unless that is unwanted, and ends it after them. Its
 * state is the suite's own, so that files do not see each other's pipelines; its Pythons are shared by the files of a process.
 *
 * @returns the endpoint, to be used in hooks and tests
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
