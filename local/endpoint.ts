import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { S3Client } from "@aws-sdk/client-s3";
import { generatedModel } from "../service-model/service-model.ts";
import { answerLambda } from "./api/lambda.ts";
import { ResourceRequests } from "./cloud-control/resource-requests.ts";
import { dispatch } from "./dispatch.ts";
import { cores } from "./engine/concurrency.ts";
import { parseDefinition } from "./engine/definition-check.ts";
import { Executions } from "./engine/executions.ts";
import { RunningJobs } from "./engine/jobs/running-jobs.ts";
import type { Services } from "./engine/steps/services.ts";
import type { FaultRuleInput } from "./faults/fault-rule.ts";
import { Faults } from "./faults/faults.ts";
import { stepFault } from "./faults/step-fault.ts";
import { listen } from "./http-server.ts";
import { Authorizer } from "./iam/authorizer.ts";
import { RecordedCalls } from "./iam/recorded-calls.ts";
import { requestGuard } from "./iam/request-guard.ts";
import { RoleCalls } from "./iam/role-calls.ts";
import { RolePolicyReader } from "./iam/role-policies.ts";
import { RoleSessions } from "./iam/role-sessions.ts";
import { simulatePrincipalPolicy } from "./iam/simulate-principal-policy.ts";
import { installedSimulator } from "./iam/simulator.ts";
import { imageTables } from "./jobs/images/image-table.ts";
import type { UnknownImages } from "./jobs/images/local-image.ts";
import { ownRoot } from "./jobs/process/own-root.ts";
import { Slots } from "./jobs/process/slots.ts";
import { ImagePythons } from "./jobs/python/image-pythons.ts";
import { WarmPythons } from "./jobs/warm/warm-pythons.ts";
import { JobLogStore } from "./logs/job-log-store.ts";
import { startMoto } from "./moto/server.ts";
import { bucketEndpoint } from "./s3/bucket-endpoint.ts";
import { relay } from "./s3/relay.ts";
import { s3Client } from "./s3/s3-client.ts";
import { SettingStore } from "./s3/setting-store.ts";
import { lockFolder } from "./state/lock.ts";
import { ProcessRegistry } from "./state/process-registry.ts";
import { openStore } from "./state/store.ts";
import { signature } from "./wire/signature.ts";

export interface EndpointOptions {
  /** The port to listen on; 0 means any free port. */
  readonly port: number;
  /**
   * The address to listen on; 127.0.0.1 by default. If other machines can reach the address, their
   * users can run programs on this machine.
   */
  readonly host?: string;
  /** The folder of the endpoint's state, created if it is missing. One endpoint at a time can use it. */
  readonly state: string;
  /**
   * Two Python executables, one with moto's server and one with the packages of the XGBoost image, and the folder in which the
   * endpoint installs the environments of other images.
   */
  readonly pythons: { readonly moto: string; readonly xgboost: string; readonly folder: string };
  /** A file that lists the user's own images. The endpoint also reads `images.json` in the state folder. */
  readonly images?: string | undefined;
  /** Whether an image that no table knows runs in the default environment (the default) or is refused. */
  readonly unknownImages?: UnknownImages | undefined;
  /** Whether to delete the state first. */
  readonly reset?: boolean;
  /** The faults to inject, for tests of clients; none by default. */
  readonly faults?: readonly FaultRuleInput[];
  /** Whether to check the calls of roles against their policies. The roles must then exist in the endpoint's IAM. */
  readonly authorize?: boolean;
  /**
   * Prints what a person at the endpoint's terminal wants to know of pipelines and jobs. Not for commands that report it
   * themselves.
   */
  readonly tell?: (line: string) => void;
  /** Whether every job starts a new Python instead of a fork of a prepared one. */
  readonly cold?: boolean;
  /** Prepared Pythons that several endpoints of this process share. The caller closes them. */
  readonly warm?: WarmPythons | undefined;
  /** Members and values of definitions that AWS has and the committed model of it lacks. */
  readonly allow?: readonly string[];
  readonly log?: (line: string) => void;
}

export interface Endpoint {
  /** The value for `AWS_ENDPOINT_URL`: `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** The injected faults, which can change while the endpoint runs. */
  readonly faults: Faults;
  /** Ends running executions, their jobs and moto, and unlocks the state folder. A second call does nothing. */
  close(): Promise<void>;
}

/**
 * Starts an AWS endpoint that runs SageMaker pipelines on this machine and keeps its state in a folder.
 *
 * @throws LocalError `state-in-use`, `port-in-use`, `disk-full`, `usage` for invalid faults, or `environment` for a
 * broken
 *   state or Python
 */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const state = resolve(options.state);
  const log = options.log ?? (() => {});
  const host = options.host ?? "127.0.0.1";
  const faults = new Faults(options.faults);
  const cleanup: (() => unknown)[] = [];
  const close = once(async () => {
    for (const step of cleanup.reverse()) await step();
  });
  if (!/^(127(\.\d+){3}|::1|localhost)$/.test(host))
    log(
      `listening on ${host}: everyone who can reach this address can run programs on this machine as you, by a pipeline`,
    );
  try {
    cleanup.push(lockFolder(state));
    const registry = new ProcessRegistry(join(state, "processes"));
    const orphans = registry.endOrphans();
    if (orphans > 0) log(`ended ${orphans} job process(es) that an earlier endpoint left running`);
    if (options.reset === true) forget(state);
    const simulator = once(() => installedSimulator(log));
    // Loads the simulator and the IAM client while moto starts, so that the first execution does not wait for them.
    if (options.authorize === true) void Promise.all([simulator(), import("@aws-sdk/client-iam")]);
    const starting = startMoto(options.pythons.moto, join(state, "aws-journal.jsonl"));
    cleanup.push(() => starting.then(({ close }) => close()).catch(() => {}));
    const python = { python: options.pythons.xgboost, bin: dirname(options.pythons.xgboost) };
    const [moto, own] = await Promise.all([starting, ownRoot(python, options.pythons.folder)]);
    const warm = options.cold === true ? undefined : (options.warm ?? WarmPythons.where(registry));
    if (warm !== options.warm) cleanup.push(() => warm?.close());
    let url = "";
    const sessions = new RoleSessions(() => url);
    const settings = new SettingStore(join(state, "s3"));
    const roles = new RolePolicyReader(moto.url);
    const bucketPolicy = (bucket: string) => settings.get(bucket, "policy")?.body;
    const authorizer = options.authorize === true ? new Authorizer({ roles, simulator, bucketPolicy, log }) : undefined;
    const calls = new RoleCalls(new RecordedCalls(join(state, "calls.jsonl"), log), authorizer);
    const services: Services = {
      calls,
      jobs: new RunningJobs(),
      model: generatedModel(),
      allow: options.allow ?? [],
      injectedFault: (operation) => {
        const rule = faults.take({ service: "sagemaker", operation, from: "job" });
        return rule && stepFault(rule, operation);
      },
      store: openStore(join(state, "sagemaker"), parseDefinition),
      now: () => Date.now() / 1000,
      sleep,
      log,
      runtime: {
        folder: emptyFolder(join(state, "jobs")),
        functions: join(state, "functions"),
        endpoint: () => url,
        s3: s3ByRegion(moto.url),
        sessions,
        pythons: new ImagePythons({ ...options.pythons, log }),
        images: imageTables(options.images, join(state, imagesFile)),
        unknownImages: options.unknownImages ?? "run",
        print: options.tell ?? (() => {}),
        registry,
        logs: new JobLogStore(join(state, "logs")),
        ownRoot: own,
        warm,
        slots: new Slots(cores),
      },
    };
    const executions = new Executions(services);
    const requests = new ResourceRequests();
    const { port, server } = await listen({
      port: options.port,
      host,
      moto: moto.url,
      log,
      faults,
      isOfJob: (request) => sessions.caller(signature(request)?.accessKeyId ?? "") !== undefined,
      guard: requestGuard({
        sessions,
        calls,
        roles,
        relay: (request, body) => relay(moto.url, request, body),
        log,
      }),
      simulatePolicy: simulatePrincipalPolicy({ roles, simulator }),
      lambda: (request) => answerLambda(request, services),
      bucket: bucketEndpoint({ moto: moto.url, s3: services.runtime.s3("us-east-1"), settings, log }),
      answer: async ({ target, region, input }) =>
        dispatch(target, input, { ...services, executions, requests, region }),
    });
    url = `http://${reachable(host)}:${port}`;
    cleanup.push(() => {
      server.close();
      server.closeAllConnections();
    });
    // Jobs reach S3 through the endpoint, so executions start after it listens and end before it stops.
    cleanup.push(() => services.jobs.close());
    cleanup.push(() => executions.close());
    executions.recover();
    return { url, faults, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Returns the address at which this machine reaches a server that listens on a host. */
function reachable(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

/** The file in the state folder that lists the user's own images. */
const imagesFile = "images.json";

/** Removes the state, but keeps this process's lock and the user's list of images. */
function forget(state: string): void {
  for (const name of readdirSync(state))
    if (name !== "lock.json" && name !== imagesFile) rmSync(join(state, name), { recursive: true, force: true });
}

/** Creates or empties the folder of jobs. The files of failed jobs stay for inspection until the next start. */
function emptyFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
  return folder;
}

function s3ByRegion(endpoint: string): (region: string) => S3Client {
  const clients = new Map<string, S3Client>();
  return (region) => {
    const client = clients.get(region) ?? s3Client(endpoint, region);
    clients.set(region, client);
    return client;
  };
}

/** Waits. An abort ends the wait without an error, because its caller knows of it. */
async function sleep(seconds: number, signal: AbortSignal): Promise<void> {
  await delay(seconds * 1000, undefined, { signal }).catch(() => {});
}

function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let done: Promise<Result> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
