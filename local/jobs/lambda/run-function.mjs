// Runs a Lambda function of the Node runtime once, as run_function.py does for Python. Its current folder is the function's code.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const request = JSON.parse(readFileSync(process.argv[2], "utf8"));
const end = (value) => {
  writeFileSync(request.answer, JSON.stringify(value));
  process.exit(0);
};
const failure = (errorType, errorMessage, trace = []) => ({ error: { errorType, errorMessage, trace } });
const until = Date.now() + request.timeout * 1000;
setTimeout(() => end({ timedOut: true }), request.timeout * 1000).unref();

const dot = request.handler.lastIndexOf(".");
const [module, name] = [request.handler.slice(0, dot), request.handler.slice(dot + 1)];
const file = [".mjs", ".js", ".cjs"]
  .map((ending) => join(request.task, module + ending))
  .find((path) => existsSync(path));
if (file === undefined) end(failure("Runtime.ImportModuleError", `Error: Cannot find module '${module}'`));
let loaded;
try {
  loaded = await import(pathToFileURL(file).href);
} catch (error) {
  end(failure("Runtime.ImportModuleError", String(error)));
}
const handler = loaded[name] ?? loaded.default?.[name];
if (typeof handler !== "function")
  end(failure("Runtime.HandlerNotFound", `${request.handler} is undefined or not exported`));

const context = {
  functionName: request.name,
  functionVersion: "$LATEST",
  invokedFunctionArn: request.arn,
  memoryLimitInMB: String(request.memory),
  awsRequestId: request.id,
  logGroupName: request.group,
  logStreamName: request.stream,
  getRemainingTimeInMillis: () => Math.max(0, until - Date.now()),
};
const event = JSON.parse(readFileSync(request.event, "utf8"));
try {
  const result = await new Promise((resolve, reject) => {
    const returned = handler(event, context, (error, value) => (error ? reject(error) : resolve(value)));
    // A handler with a callback returns nothing.
    if (returned instanceof Promise) returned.then(resolve, reject);
    else if (handler.length < 3) resolve(returned);
  });
  end({ result: result ?? null });
} catch (error) {
  console.error(error);
  end(failure(error?.name ?? "Error", error?.message ?? String(error), String(error?.stack ?? "").split("\n")));
}
