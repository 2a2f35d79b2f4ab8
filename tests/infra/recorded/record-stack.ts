/**
 * Runs `index.ts` under Pulumi's mocks and prints what it registers and exports as JSON: `record-stack.ts '{"stack": ...}'`.
 * A process of its own for each stack, as Pulumi's runtime is global to one.
 */
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";

export interface StackRequest {
  readonly stack: string;
  /** That of the credentials; an empty text if AWS takes none. */
  readonly account: string;
  readonly configuration: Readonly<Record<string, string>>;
  /** Keys of the configuration that are secret. */
  readonly secrets?: readonly string[];
  /** Answers of functions of the providers, by token. */
  readonly answers?: Readonly<Record<string, Record<string, unknown>>>;
}

export interface RecordedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  /** Whether Pulumi would refuse to delete it. */
  readonly protect: boolean;
}

/** A provider that the program makes for itself, in place of Pulumi's default one. */
export interface RecordedProvider {
  readonly type: string;
  readonly inputs: Record<string, unknown>;
  /** The types of the resources that are made by it. */
  readonly makes: string[];
}

export interface RecordedStack {
  readonly providers: readonly RecordedProvider[];
  readonly resources: readonly RecordedResource[];
  /** What the program said to the person who deploys it. */
  readonly log: readonly string[];
  /** The modules of packages that the program loaded, below `node_modules`. */
  readonly modules: readonly string[];
  readonly outputs?: Record<string, unknown>;
  readonly error?: string;
}

const {
  stack,
  account,
  configuration,
  secrets = [],
  answers = {},
} = JSON.parse(process.argv[2] ?? "{}") as StackRequest;
const resources: RecordedResource[] = [];
const providers: RecordedProvider[] = [];
const isProtected = new Set<string>();

// Without an engine, Pulumi logs to the console.
const log: string[] = [];
for (const level of ["debug", "error", "info", "log", "warn"] as const)
  console[level] = (line) => log.push(String(line));

/** ARNs of what other resources name by them. */
function arnOf(type: string, inputs: Record<string, unknown>): { readonly arn?: string } {
  if (type === "aws:iam/role:Role") return { arn: `arn:aws:iam::${account}:role/${inputs["name"]}` };
  if (type === "aws:sns/topic:Topic")
    return { arn: `arn:aws:sns:${configuration["aws:region"]}:${account}:${inputs["name"]}` };
  return {};
}

await pulumi.runtime.setMocks(
  {
    async newResource({ type, name, inputs, custom, id, provider }) {
      if (custom !== true) return { id: "", state: inputs };
      if (type.startsWith("pulumi:providers:")) {
        providers.push({ type, inputs, makes: [] });
        return { id: type, state: inputs };
      }
      // `<URN>::<id>`, and our identifiers of providers are their types.
      providers.find((one) => provider?.endsWith(`::${one.type}`))?.makes.push(type);
      const resource = { type, name, inputs: { ...inputs }, protect: isProtected.has(`${type} ${name}`) };
      resources.push(resource);
      // An asset has its path as a promise.
      if (inputs.source !== undefined) resource.inputs["source"] = { path: await inputs.source.path };
      return { id: id ?? `${name}-id`, state: { ...inputs, ...arnOf(type, inputs) } };
    },
    call({ token }) {
      if (token === "aws:index/getCallerIdentity:getCallerIdentity" && account !== "") return { accountId: account };
      const answer = answers[token];
      if (answer !== undefined) return answer;
      // The SDK takes its message from what gRPC calls details.
      const details = `unexpected call of ${token}`;
      throw Object.assign(new Error(details), { details });
    },
  },
  "sagemaker-training",
  stack,
  false,
);
pulumi.runtime.setAllConfig({ ...configuration }, [...secrets]);

function loadedModules(): readonly string[] {
  return Object.keys(createRequire(import.meta.url).cache).map((path) => path.split("/node_modules/").at(-1) ?? path);
}

async function record(): Promise<RecordedStack> {
  try {
    const exported = await pulumi.runtime.runInPulumiStack(async () => {
      pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) => {
        if (opts.protect === true) isProtected.add(`${type} ${name}`);
        return { props, opts };
      });
      return { ...(await import("../../../index.ts")) };
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

const recorded = await record();
process.stdout.write(JSON.stringify(recorded), () => process.exit(0));
