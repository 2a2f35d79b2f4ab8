import { ExitError, exitCode } from "../command/exit-code.ts";

interface ServiceError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly code?: string;
}

const denied = /^(AccessDenied|AccessDeniedException|UnauthorizedOperation)$/;
const credentials = /^(CredentialsProviderError|ExpiredToken.*|UnrecognizedClientException|InvalidClientTokenId)$/;
const network = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET|ETIMEDOUT|EHOSTUNREACH)$/;

/**
 * An error of an AWS call as the end of a command: exit code 6, or 2 where the request itself was wrong.
 *
 * @param what what the command was doing, such as `starting abalone-training-dev`
 */
export function awsExitError(what: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ExitError) return error;
  const { name, message, code, $metadata } = error as ServiceError;
  const reason = message.split("\n")[0];
  const fail = (exit: ExitError["code"], text: string) => new ExitError(exit, text, { cause: error });
  if (denied.test(name)) return fail(exitCode.aws, `${what}: access denied: ${reason} Allow the action and run again.`);
  if (credentials.test(name))
    return fail(exitCode.aws, `${what}: no usable credentials (${reason}): log in, or set AWS_PROFILE, and run again.`);
  if (name === "ResourceNotFound" || name === "ResourceNotFoundException")
    return fail(exitCode.usage, `${what}: ${reason} Deploy the stack first (pulumi up), and check region and account.`);
  if (name === "ValidationException") return fail(exitCode.usage, `${what}: ${reason}`);
  if ((code !== undefined && network.test(code)) || name === "TimeoutError")
    return fail(
      exitCode.aws,
      `${what}: AWS could not be reached (${code ?? reason}): check network, region, AWS_ENDPOINT_URL.`,
    );
  if ($metadata !== undefined)
    return fail(exitCode.aws, `${what}: ${name}: ${reason} (request ${$metadata.requestId ?? "without id"})`);
  return error;
}

/** Runs an AWS call; its error becomes that of {@link awsExitError}. An abort stays what it is. */
export async function aws<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw awsExitError(what, error);
  }
}
