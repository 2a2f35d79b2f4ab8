import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { Resource } from "../../policy/rules/rule.ts";
import { repository } from "../../scripts/local-stack/folders.ts";

export const packFolder = join(repository, "policy");

/** A violation as the pack reports it to Pulumi's engine. */
export interface Diagnostic {
  readonly policy: string;
  readonly urn: string;
  readonly message: string;
  readonly isMandatory: boolean;
}

/**
 * The policy pack in a child process, started and called the way Pulumi's engine does it. The SDK's `run-policy-pack` runs in
 * the pack's folder, prints its port, and answers gRPC requests there.
 */
export class Analyzer {
  private readonly child: ChildProcess;
  private readonly client: AnalyzerClient;

  private constructor(child: ChildProcess, port: string) {
    this.child = child;
    this.client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  }

  /** Starts the pack. @param program the pack's folder or `.`, as Pulumi's engine passes it */
  static async start(
    program: string,
    configuration: Readonly<Record<string, string>> = {},
    project = "sagemaker-training",
  ): Promise<Analyzer> {
    const run = createRequire(join(packFolder, "package.json")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
    const child = spawn(process.execPath, [run, "127.0.0.1:1", program], {
      cwd: packFolder,
      // Source: constructEnv in https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/analyzer_plugin.go
      env: { ...process.env, PULUMI_CONFIG: JSON.stringify(configuration), PULUMI_NODEJS_PROJECT: project },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk) => (said += chunk));
    const lines = createInterface({ input: child.stdout });
    const [port] = await Promise.race([
      once(lines, "line"),
      once(child, "exit").then(() => Promise.reject(new Error(`the pack did not start: ${said}`))),
    ]);
    return new Analyzer(child, port);
  }

  async stop(): Promise<void> {
    this.client.close();
    const ended = once(this.child, "exit");
    this.child.kill();
    await ended;
  }

  info(): Promise<analyzer.AnalyzerInfo.AsObject> {
    return new Promise((resolve, reject) => {
      this.client.getAnalyzerInfo(new empty.Empty(), (error, info) =>
        error ? reject(error) : resolve(info.toObject()),
      );
    });
  }

  /** Sets the level of a rule, as a `--policy-pack-config` file does. */
  configure(name: string, level: "ADVISORY" | "DISABLED"): Promise<void> {
    const config = new analyzer.PolicyConfig();
    config.setEnforcementlevel(analyzer.EnforcementLevel[level]);
    config.setProperties(struct.Struct.fromJavaScript({}));
    const request = new analyzer.ConfigureAnalyzerRequest();
    request.getPolicyconfigMap().set(name, config);
    return new Promise((resolve, reject) => {
      this.client.configure(request, (error) => (error ? reject(error) : resolve()));
    });
  }

  analyze(resource: Resource): Promise<readonly Diagnostic[]> {
    const request = filled(new analyzer.AnalyzeRequest(), resource);
    return new Promise((resolve, reject) => {
      this.client.analyze(request, (error, response) => (error ? reject(error) : resolve(diagnostics(response))));
    });
  }

  analyzeStack(resources: readonly Resource[]): Promise<readonly Diagnostic[]> {
    const request = new analyzer.AnalyzeStackRequest();
    request.setResourcesList(resources.map((resource) => filled(new analyzer.AnalyzerResource(), resource)));
    return new Promise((resolve, reject) => {
      this.client.analyzeStack(request, (error, response) => (error ? reject(error) : resolve(diagnostics(response))));
    });
  }
}

function filled<Message extends analyzer.AnalyzeRequest | analyzer.AnalyzerResource>(
  message: Message,
  { urn, type, name, props, protect }: Resource,
): Message {
  message.setUrn(urn);
  message.setType(type);
  message.setName(name);
  message.setProperties(struct.Struct.fromJavaScript(JSON.parse(JSON.stringify(props))));
  const options = new analyzer.AnalyzerResourceOptions();
  options.setProtect(protect);
  message.setOptions(options);
  return message;
}

function diagnostics(response: analyzer.AnalyzeResponse): readonly Diagnostic[] {
  return response.getDiagnosticsList().map((diagnostic) => ({
    policy: diagnostic.getPolicyname(),
    urn: diagnostic.getUrn(),
    message: diagnostic.getMessage(),
    isMandatory: diagnostic.getEnforcementlevel() === analyzer.EnforcementLevel.MANDATORY,
  }));
}
