/** The failure code of an execution that ended only because the local endpoint stopped, not because of the pipeline. */
export const endpointEnded = "LocalEndpointEnded";

/** Tells whether a failure reason begins with the code, as in AWS's `ClientError: ...`. */
export function hasFailureCode(reason: string | undefined, code: string): boolean {
  return reason?.startsWith(`${code}:`) === true;
}
