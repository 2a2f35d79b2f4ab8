/** What the failure reason of an execution begins with that ended only because the local endpoint did: nothing is wrong with it. */
export const endpointEnded = "LocalEndpointEnded";

/** Whether a failure reason begins with a code, as AWS's own do: `ClientError: ...`. */
export function hasFailureCode(reason: string | undefined, code: string): boolean {
  return reason?.startsWith(`${code}:`) === true;
}
