import { pathToFileURL } from "node:url";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import * as pulumi from "@pulumi/pulumi";
import { LocalError } from "../wire/local-error.ts";
import { DeployState } from "./deploy-state.ts";
import { Deployment, type DeploymentCounts } from "./deployment.ts";
import type { ResourceHandler } from "./handlers/resource-handler.ts";
import { resourceHandlers } from "./handlers/resource-handlers.ts";
import { RetainOption } from "./retain-option.ts";
import { readStackFile } from "./stack-file.ts";

/** The program to deploy, and the file that remembers the created resources. */
export interface ProgramRequest {
  readonly folder: string;
  readonly stack: string;
  readonly stateFile: string;
  /**
   * The outputs of the stack's last deploy, with which the program refuses to delete registered models. Without them, the
   * deploy deletes the models of removed groups.
   */
  readonly lastOutputs?: Readonly<Record<string, unknown>> | undefined;
}

/** A removed model package group that has registered models, and the folder of its pipeline. */
export interface LostGroup {
  readonly folder: string;
  readonly group: string;
}

/** The result of a deploy, or the message of the first error. */
export type ProgramAnswer =
  | {
      readonly outputs: Readonly<Record<string, unknown>>;
      readonly counts: DeploymentCounts;
      /** The deleted resources, each as its type and name. */
      readonly deleted: readonly string[];
    }
  | { readonly error: string; readonly lost?: readonly LostGroup[] | undefined };

async function callerIdentity() {
  const identity = await new STSClient().send(new GetCallerIdentityCommand());
  return { accountId: String(identity.Account), arn: String(identity.Arn), userId: String(identity.UserId) };
}

function handlersByRegion(account: string, losesModels: boolean) {
  const made = new Map<string, ReadonlyMap<string, ResourceHandler>>();
  return (region: string) => {
    const handlers = made.get(region) ?? resourceHandlers({ account, region, losesModels });
    made.set(region, handlers);
    return handlers;
  };
}

async function run({ folder, stack, stateFile, lastOutputs = {} }: ProgramRequest): Promise<ProgramAnswer> {
  const { project, program, configuration } = readStackFile(folder, stack);
  const region = configuration["aws:region"] ?? "us-east-1";
  const identity = await callerIdentity();
  const deployment = new Deployment(
    new DeployState(stateFile),
    region,
    handlersByRegion(identity.accountId, configuration[`${project}:forceDestroy`] === "true"),
  );

  let fail: (error: unknown) => void = () => {};
  const failure = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  const retainOnDelete = new RetainOption();
  await pulumi.runtime.setMocks(
    {
      async newResource({ type, name, inputs, custom }) {
        if (type === "pulumi:pulumi:StackReference") return { id: name, state: { ...inputs, outputs: lastOutputs } };
        try {
          return await deployment.register({
            ...{ type, name, inputs },
            custom: custom === true,
            retainOnDelete: retainOnDelete.value,
          });
        } catch (error) {
          fail(error);
          throw error;
        }
      },
      async call({ token }) {
        if (token === "aws:index/getCallerIdentity:getCallerIdentity") return identity;
        const error = new LocalError(
          "deploy",
          `the local deploy cannot answer the function ${token}: add it in deploy-program.ts`,
        );
        fail(error);
        throw error;
      },
    },
    project,
    stack,
    false,
    // The name of the organization in every backend but Pulumi Cloud.
    "organization",
  );
  retainOnDelete.read();
  pulumi.runtime.setAllConfig({ ...configuration });

  const finished = (async () => {
    const exported = await pulumi.runtime.runInPulumiStack(async () => ({
      ...(await import(pathToFileURL(program).href)),
    }));
    // Waits for resources that no output depends on.
    await pulumi.runtime.disconnect();
    return new Promise<Record<string, unknown>>((resolve) => {
      pulumi.output(exported).apply((outputs) => resolve({ ...outputs }));
    });
  })();
  const outputs = await Promise.race([finished, failure]);
  await deployment.deleteUnregistered();
  return { outputs, counts: deployment.counts, deleted: deployment.deleted };
}

/**
 * Runs a Pulumi program with the local endpoint instead of Pulumi's engine. Pulumi's state is global, so a process runs one
 * program at a time. A failed program also leaves rejected promises that nothing handles.
 */
export function deployProgram(request: ProgramRequest): Promise<ProgramAnswer> {
  return run(request).catch((error: unknown) => ({
    error: error instanceof Error ? error.message : String(error),
    // The program's own error names them; its class belongs to the program.
    lost: (error as { readonly lost?: readonly LostGroup[] } | undefined)?.lost,
  }));
}
