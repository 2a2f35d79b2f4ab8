import { ExitError, exitCode } from "../exit-code.ts";
import { callOf } from "./call-name.ts";
import { troubleOf, wasUnheard } from "./patient-retries.ts";

interface ServiceError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly code?: string;
}

const denied = /^(AccessDenied|AccessDeniedException|UnauthorizedOperation)$/;
const credentials =
  /^(CredentialsProviderError|TokenProviderError|ExpiredToken.*|UnrecognizedClientException|InvalidClientTokenId|RequestExpired)$/;
const missing = /^(ResourceNotFound|ResourceNotFoundException)$/;

/** Whether what came of an object is not what S3 has: the SDK compares checksums when the body ends. */
function isSpoilt({ message }: Error): boolean {
  return message.startsWith("Checksum mismatch");
}

/** Whether AWS answered with success and something that is no answer of AWS's, such as a proxy's page or half a document. */
function isGarbled(error: ServiceError): boolean {
  const { name, $metadata } = error;
  return isSpoilt(error) || name === "SyntaxError" || ($metadata?.httpStatusCode ?? 0) === 200;
}

/** Whether a call that failed in the end may have been acted on: an answer was lost, or is none. */
export function mayHaveActed(error: unknown): boolean {
  return wasUnheard(error) || (error instanceof Error && isGarbled(error));
}

/**
 * What went wrong with a HEAD of S3, whose answer has no body that would say so.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
function headProblem(status = 0): string {
  if (status === 403) return "access denied (s3:GetObject): allow the action, and run again.";
  if (status === 400) return "S3 refuses it without a reason, as with credentials that expired: log in, and run again.";
  return `S3 refuses it with the status ${status}.`;
}

/** What went wrong, and what to do about it. */
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
    return [exitCode.aws, `no usable credentials (${reason}): log in, or set AWS_PROFILE, and run again.`];
  const trouble = troubleOf(error);
  if (trouble === "role")
    return [exitCode.aws, `${reason} Its trust policy has to let sagemaker.amazonaws.com assume it. (${id})`];
  if (trouble === "unreachable")
    return [exitCode.aws, `AWS could not be reached (${code ?? reason}): check network, region, AWS_ENDPOINT_URL.`];
  if (missing.test(name)) {
    // An execution is named by whoever asks for it; everything else is the stack's.
    const advice =
      call === "sagemaker:DescribePipelineExecution"
        ? "Check its ARN, and region and account."
        : "Deploy the stack first (pulumi up), and check region and account.";
    return [exitCode.usage, `${reason} ${advice}`];
  }
  if (name === "ValidationException") return [exitCode.usage, reason];
  if (isGarbled(error))
    return [
      exitCode.aws,
      `the answer is not one of AWS (${reason}; ${id}): see that no proxy answers in its place, and run again.`,
    ];
  return [exitCode.aws, `${name}: ${reason} (${id})`];
}

/**
 * An error of an AWS call as the end of a command: exit code 6, or 2 where the request itself was wrong.
 *
 * @param what what the command was doing, such as `starting abalone-training-dev`
 */
export function awsExitError(what: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ExitError || error.name === "AbortError") return error;
  const { $metadata, code, name } = error as ServiceError;
  const isOfAws = $metadata !== undefined || isSpoilt(error) || (code !== undefined && troubleOf(error) !== undefined);
  if (!isOfAws && !denied.test(name) && !credentials.test(name) && !missing.test(name) && name !== "TimeoutError")
    return error;
  const [exit, text] = explained(error);
  return new ExitError(exit, `${what}: ${text}`, { cause: error });
}

/** Whether a connection ended while a body was read that the SDK had handed over as a stream: that, it does not try again. */
function isCutBody(error: unknown): boolean {
  if (error instanceof Error && isSpoilt(error)) return true;
  const { $metadata } = error as { readonly $metadata?: { readonly attempts?: number } };
  return troubleOf(error) === "unreachable" && $metadata?.attempts === undefined;
}

/** How often a body that breaks off is asked for again; one that stalls takes its time, and counts as four. */
const mostBodies = 12;

/**
 * Runs an AWS call; its error becomes that of {@link awsExitError}. An abort stays what it is. A body that breaks off is asked
 * for again, up to twelve times, one that stalls three times.
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
