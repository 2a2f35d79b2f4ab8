/**
 * Runs `index.ts` under Pulumi's mocks and reports what it registers and exports: for each request that the parent process
 * sends, one at a time, or for the one on the command line, as JSON on standard output.
 */
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";

export interface StackRequest {
  readonly stack: string;
  /** The account of the credentials; an empty text if the credentials are invalid. */
  readonly account: string;
  readonly configuration: Readonly<Record<string, string>>;
  /** The secret keys of the configuration. */
  readonly secrets?: readonly string[];
  /** The results of provider functions, by token. */
  readonly answers?: Readonly<Record<string, Record<string, unknown>>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** The outputs of the stack's last deploy; none before the first. */
  readonly lastOutputs?: Readonly<Record<string, unknown>>;
  /** The names of those outputs that Pulumi marks as secrets. */
  readonly secretOutputs?: readonly string[];
}

export interface RecordedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  /** Whether Pulumi protects it from deletion. */
  readonly protect: boolean;
  /** Whether it stays in AWS when the program no longer declares it. */
  readonly retainOnDelete: boolean;
}

/** A provider that the program creates in place of Pulumi's default one. */
export interface RecordedProvider {
  readonly type: string;
  readonly inputs: Record<string, unknown>;
  /** The variables of the environment that it sees under another name: the name, and the other one. */
  readonly variables: Readonly<Record<string, string>>;
  /** The types of the resources that use it. */
  readonly makes: string[];
}

export interface RecordedStack {
  readonly providers: readonly RecordedProvider[];
  readonly resources: readonly RecordedResource[];
  /** The program's log lines. */
  readonly log: readonly string[];
  /** The modules that the program loaded from `node_modules`. */
  readonly modules: readonly string[];
  readonly outputs?: Record<string, unknown>;
  readonly error?: string;
}

/** Returns the ARN of a resource that other resources refer to. */
function arnOf({ account, configuration }: StackRequest, type: string, inputs: Record<string, unknown>) {
  if (type === "aws:iam/role:Role") return { arn: `arn:aws:iam::${account}:role/${inputs["name"]}` };
  if (type === "aws:sns/topic:Topic")
    return { arn: `arn:aws:sns:${configuration["aws:region"]}:${account}:${inputs["name"]}` };
  return {};
}

/** Records what a program registers through Pulumi's mocks. */
class Recorder implements pulumi.runtime.Mocks {
  readonly resources: RecordedResource[] = [];
  readonly providers: RecordedProvider[] = [];
  readonly protected = new Set<string>();
  readonly retained = new Set<string>();
  readonly variables = new Map<string, Readonly<Record<string, string>>>();
  readonly request: StackRequest;

  constructor(request: StackRequest) {
    this.request = request;
  }

  async newResource({ type, name, inputs, custom, id, provider }: pulumi.runtime.MockResourceArgs) {
    if (custom !== true) return { id: "", state: inputs };
    if (type === "pulumi:pulumi:StackReference") {
      const { lastOutputs: outputs = {}, secretOutputs: secretOutputNames = [] } = this.request;
      return { id: name, state: { ...inputs, outputs, secretOutputNames } };
    }
    if (type.startsWith("pulumi:providers:")) {
      this.providers.push({ type, inputs, variables: this.variables.get(type) ?? {}, makes: [] });
      return { id: type, state: inputs };
    }
    // The reference is `<URN>::<id>`. These mocks use a provider's type as its id.
    this.providers.find((one) => provider?.endsWith(`::${one.type}`))?.makes.push(type);
    const key = `${type} ${name}`;
    const options = { protect: this.protected.has(key), retainOnDelete: this.retained.has(key) };
    const resource = { type, name, inputs: { ...inputs }, ...options };
    this.resources.push(resource);
    // An asset's path is a promise.
    if (inputs.source !== undefined) resource.inputs["source"] = { path: await inputs.source.path };
    return { id: id ?? `${name}-id`, state: { ...inputs, ...arnOf(this.request, type, inputs) } };
  }

  call({ token }: pulumi.runtime.MockCallArgs) {
    const { account, answers = {} } = this.request;
    if (token === "aws:index/getCallerIdentity:getCallerIdentity" && account !== "") return { accountId: account };
    const answer = answers[token];
    if (answer !== undefined) return answer;
    // The SDK reads the message from the gRPC error's `details`.
    const details = `unexpected call of ${token}`;
    throw Object.assign(new Error(details), { details });
  }
}

const require = createRequire(import.meta.url);

/** Calls a function with a separate state of Pulumi's runtime, as the automation API does. Pulumi's types omit this function. */
const { withLocalStorage } = require("@pulumi/pulumi/runtime/state.js") as {
  readonly withLocalStorage: <T>(callback: () => T) => T;
};

function loadedModules(): readonly string[] {
  return Object.keys(require.cache).map((path) => path.split("/node_modules/").at(-1) ?? path);
}

let programs = 0;

async function record(request: StackRequest): Promise<RecordedStack> {
  const { stack, configuration, secrets = [], environment } = request;
  process.env = { ...own, ...environment };
  // Without an engine, Pulumi logs to the console.
  const log: string[] = [];
  for (const level of ["debug", "error", "info", "log", "warn"] as const)
    console[level] = (line) => log.push(String(line));
  const recorder = new Recorder(request);
  const { providers, resources } = recorder;
  await pulumi.runtime.setMocks(recorder, "sagemaker-training", stack, false, "organization");
  pulumi.runtime.setAllConfig({ ...configuration }, [...secrets]);
  try {
    const exported = await pulumi.runtime.runInPulumiStack(async () => {
      pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) => {
        const { envVarMappings } = opts as pulumi.CustomResourceOptions;
        if (envVarMappings !== undefined) recorder.variables.set(type, envVarMappings);
        if (opts.protect === true) recorder.protected.add(`${type} ${name}`);
        if ((opts as pulumi.CustomResourceOptions).retainOnDelete === true) recorder.retained.add(`${type} ${name}`);
        return { props, opts };
      });
      programs += 1;
      return { ...(await import(`../../../index.ts?program=${programs}`)) };
    });
    await pulumi.runtime.disconnect();
    const outputs = await new Promise<Record<string, unknown>>((resolve) => {
      pulumi.output(exported).apply((values) => resolve({ ...values }));
    });
    return { providers, resources, log, modules: loadedModules(), outputs };
  } catch (error) {
    return { providers, resources, log, modules: loadedModules(), error: (error as Error).message };
  }
}

const own = { ...process.env };
// A failing program also rejects promises that nobody awaits. The response has the error already.
process.on("unhandledRejection", () => {});
const respond = (request: StackRequest) => withLocalStorage(() => record(request));
const [, , request] = process.argv;
if (request === undefined)
  process.on("message", async (next: StackRequest) => {
    process.send?.(await respond(next));
  });
else process.stdout.write(JSON.stringify(await respond(JSON.parse(request))), () => process.exit(0));
