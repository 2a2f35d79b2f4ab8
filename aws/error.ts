import { ExitError, exitCode } from "../exit-code.ts";
import { isNotFound, isResourceNotFound } from "../service-model/not-found.ts";
import { callOf } from "./call-name.ts";
import { troubleOf, wasUnheard } from "./patient-retries.ts";

interface ServiceError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly code?: string;
}

const denied = /^(AccessDenied|AccessDeniedException|UnauthorizedOperation)$/;
const credentials =
  /^(CredentialsProviderError|TokenProviderError|ExpiredToken.*|UnrecognizedClientException|InvalidClientTokenId|RequestExpired)$/;

/** Tells whether a command ended because its credentials were missing, refused, or no longer valid. */
export function isOfCredentials({ cause }: Error): boolean {
  return cause instanceof Error && (credentials.test(cause.name) || isOfCredentials(cause));
}

/** Tells whether the received bytes differ from the object on S3. The SDK compares checksums when the body ends. */
function isSpoilt({ message }: Error): boolean {
  return message.startsWith("Checksum mismatch");
}

/** Tells whether the status says success but the body is not an answer of AWS, such as a proxy's page or half a document. */
function isGarbled(error: ServiceError): boolean {
  const { name, $metadata } = error;
  return isSpoilt(error) || name === "SyntaxError" || ($metadata?.httpStatusCode ?? 0) === 200;
}

/** Tells whether AWS may have carried out a call that failed, because an answer was lost or unreadable. */
export function mayHaveActed(error: unknown): boolean {
  return wasUnheard(error) || (error instanceof Error && isGarbled(error));
}

/**
 * Explains a failed HeadObject by its status, because the answer to a HEAD request has no body.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
function headProblem(status = 0): string {
  if (status === 403) return "access denied (s3:GetObject): allow the action and run again.";
  if (status === 400)
    return "S3 rejects it without a reason, as it does with expired credentials: log in and run again.";
  return `S3 rejects it with the status ${status}.`;
}

/** Returns the exit code of an error, and a text that says what is wrong and how to fix it. */
function explained(error: ServiceError): readonly [ExitError["code"], string] {
  const { name, message, code, $metadata } = error;
  const reason = message.split("\n")[0] ?? "";
  const id = `request ${$metadata?.requestId ?? "without id"}`;
  const call = callOf(error);
  if (call === "s3:HeadObject" && name === "Unknown" && $metadata !== undefined)
    return [exitCode.aws, `${headProblem($metadata.httpStatusCode)} (${id})`];
  if (denied.test(name)) {
    const action = call === undefined || reason.includes(call) ? "" : ` (${call})`;
    return [exitCode.aws, `access denied${action}: ${reason} Allow the action and run again.`];
  }
  if (credentials.test(name))
    return [exitCode.aws, `no usable credentials (${reason}): log in or set AWS_PROFILE, and run again.`];
  const trouble = troubleOf(error);
  if (trouble === "role")
    return [exitCode.aws, `${reason} Allow sagemaker.amazonaws.com to assume the role in its trust policy. (${id})`];
  if (trouble === "unreachable")
    return [
      exitCode.aws,
      `AWS could not be reached (${code ?? reason}): check the network, the region and AWS_ENDPOINT_URL.`,
    ];
  if (isResourceNotFound(error) || (name === "ValidationException" && isNotFound(error))) {
    // The user gives the ARN of an execution; the stack provides all other resources.
    const advice =
      call === "sagemaker:DescribePipelineExecution"
        ? "Check its ARN, the region and the account."
        : "Deploy the stack first (pulumi up), and check the region and the account.";
    return [exitCode.usage, `${reason} ${advice}`];
  }
  if (name === "ValidationException") return [exitCode.usage, reason];
  if (isGarbled(error))
    return [
      exitCode.aws,
      `the answer is not from AWS (${reason}; ${id}): check whether a proxy answers instead, and run again.`,
    ];
  return [exitCode.aws, `${name}: ${reason} (${id})`];
}

/**
 * Converts an error of an AWS call to the error that ends a command: exit code 6, or 2 if the request itself was wrong.
 *
 * @param what the command's activity, such as `starting abalone-training-dev`
 */
export function awsExitError(what: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ExitError || error.name === "AbortError") return error;
  const { $metadata, code, name } = error as ServiceError;
  const isOfAws = $metadata !== undefined || isSpoilt(error) || (code !== undefined && troubleOf(error) !== undefined);
  if (
    !isOfAws &&
    !denied.test(name) &&
    !credentials.test(name) &&
    !isResourceNotFound(error) &&
    name !== "TimeoutError"
  )
    return error;
  const [exit, text] = explained(error);
  return new ExitError(exit, `${what}: ${text}`, { cause: error });
}

/** Tells whether the connection ended while a streamed body was read. The SDK does not retry this error. */
function isCutBody(error: unknown): boolean {
  if (error instanceof Error && isSpoilt(error)) return true;
  const { $metadata } = error as { readonly $metadata?: { readonly attempts?: number } };
  return troubleOf(error) === "unreachable" && $metadata?.attempts === undefined;
}

/** How often a call is repeated when its body breaks off. A body that stalls counts as four, because it costs more time. */
const mostBodies = 12;

/**
 * Runs an AWS call and converts its error by {@link awsExitError}, except an abort. Repeats the call up to twelve times when
 * its body breaks off, three times when the body stalls.
 */
export async function aws<T>(what: string, call: () => Promise<T>): Promise<T> {
  for (let left = mostBodies; ; )
    try {
      return await call();
    } catch (error) {
      if (left <= 0 || !isCutBody(error)) throw awsExitError(what, error);
      left -= (error as Error).name === "TimeoutError" ? 4 : 1;
    }
}
