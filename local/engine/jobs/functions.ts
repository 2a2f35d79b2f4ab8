import { join } from "node:path";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { type Invoked, invokeFunction } from "../../jobs/lambda/invoke-function.ts";
import { printFailure } from "../../jobs/print-failure.ts";
import type { Runtime } from "../../jobs/runtime.ts";
import { localAccount } from "../../state/arn.ts";
import type { FunctionRecord, Store } from "../../state/store.ts";
import { AwsError } from "../../wire/aws-error.ts";

/** The services that functions use. */
export interface FunctionServices {
  readonly store: Store;
  readonly runtime: Runtime;
  readonly log: (line: string) => void;
}

export function functionArn(region: string, name: string): string {
  return `arn:aws:lambda:${region}:${localAccount}:function:${name}`;
}

/**
 * Finds a function by its name or ARN, with or without a version.
 *
 * @throws AwsError `ResourceNotFoundException`
 */
export function findFunction(
  given: string,
  region: string,
  { store }: Pick<FunctionServices, "store">,
): FunctionRecord {
  const [, name = given] =
    /^(?:arn:aws[\w-]*:lambda:[\w-]+:)?(?:\d{12}:)?(?:function:)?([\w-]+)(?::[\w$-]+)?$/.exec(given) ?? [];
  const [, , , own = region] = given.startsWith("arn:") ? given.split(":") : [];
  const arn = functionArn(own, name);
  const found = store.functions.get(arn);
  if (found === undefined) throw new AwsError("ResourceNotFoundException", `Function not found: ${arn}`, 404);
  return found;
}

/** Writes an invocation's log to CloudWatch Logs, as Lambda does. */
async function writeLog({ group, stream, log }: Invoked, region: string, endpoint: string): Promise<void> {
  const logs = new CloudWatchLogsClient({
    ...{ endpoint, region, maxAttempts: 1 },
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const [logGroupName, logStreamName] = [group, stream];
  const timestamp = Date.now();
  try {
    // The group exists after the first invocation.
    await logs.send(new CreateLogGroupCommand({ logGroupName })).catch(() => {});
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    const logEvents = log.map((message) => ({ timestamp, message: message || " " }));
    await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  } finally {
    logs.destroy();
  }
}

/** Invokes a function with an event and writes its log. */
export async function invokeLogged(
  fn: FunctionRecord,
  event: string,
  region: string,
  { runtime, log }: FunctionServices,
  signal: AbortSignal,
): Promise<Invoked> {
  const code = join(runtime.functions, fn.codeFile);
  const invoked = await invokeFunction(fn, event, code, region, runtime, signal);
  await writeLog(invoked, region, runtime.endpoint()).catch((error: Error) =>
    log(`The log of the function ${fn.FunctionName} could not be written: ${error.message}`),
  );
  if (invoked.failed) printFailure(runtime, fn.FunctionName, invoked.log);
  return invoked;
}
