import assert from "node:assert/strict";
import {
  DescribeModelPackageGroupCommand,
  DescribePipelineCommand,
  ListModelPackageGroupsCommand,
  ListPipelinesCommand,
  ListTagsCommand,
} from "@aws-sdk/client-sagemaker";
import type { LocalAws } from "../local-aws.ts";
import { callCloudControl } from "./call.ts";

type Body = Readonly<Record<string, unknown>>;

/** A request of the provider and its answer. */
export interface Exchange {
  readonly request: { readonly target: string; readonly body: Body };
  readonly response: { readonly status: number; readonly body: Body };
}

export interface Run {
  readonly when: string;
  readonly exchanges: readonly Exchange[];
}

const pipelines = "AWS::SageMaker::Pipeline";
/** Properties that AWS sets. The server that made the recording did not set them. */
const readOnly = ["ModelPackageGroupArn", "CreationTime", "ModelPackageGroupStatus"];

interface Progress {
  readonly Identifier?: string;
  readonly RequestToken?: string;
}

/**
 * Sends recorded requests to the endpoint, in order. It replaces recorded tokens and identifiers by the endpoint's own.
 * It compares the answers with the recorded answers, and the endpoint's resources with the properties in the requests.
 */
export class Replay {
  readonly #aws: LocalAws;
  /** The endpoint's token or identifier for each recorded one. */
  readonly #actual = new Map<string, string>();
  /** The properties that the provider wants each resource to have. */
  readonly #wanted = new Map<string, { readonly type: string; properties: Body }>();

  constructor(aws: LocalAws) {
    this.#aws = aws;
  }

  async run({ exchanges }: Run): Promise<void> {
    for (const exchange of exchanges) await this.#exchange(exchange);
    await this.#compareState();
  }

  async #exchange({ request, response }: Exchange): Promise<void> {
    const operation = request.target.split(".")[1] ?? "";
    const body = { ...request.body };
    for (const member of ["Identifier", "RequestToken"]) {
      const recorded = body[member];
      if (typeof recorded === "string") body[member] = this.#actual.get(recorded) ?? recorded;
    }
    const answer = await callCloudControl(this.#aws.url, operation, body);
    this.#learn(response.body["ProgressEvent"] as Progress, answer.body["ProgressEvent"] as Progress);
    assert.equal(answer.status, response.status);
    assert.deepEqual(comparable(answer.body), comparable(this.#translated(response.body)), operation);
    this.#want(operation, body, answer.body["ProgressEvent"] as Progress);
  }

  #learn(recorded: Progress | undefined, actual: Progress | undefined): void {
    for (const member of ["Identifier", "RequestToken"] as const) {
      const [from, to] = [recorded?.[member], actual?.[member]];
      if (from !== undefined && to !== undefined) this.#actual.set(from, to);
    }
  }

  #translated(value: unknown): unknown {
    if (typeof value === "string") return this.#actual.get(value) ?? value;
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#translated(item)]));
  }

  #want(operation: string, body: Body, { Identifier = "" }: Progress = {}): void {
    if (operation === "CreateResource") {
      const properties = JSON.parse(String(body["DesiredState"])) as Body;
      this.#wanted.set(Identifier, { type: String(body["TypeName"]), properties });
    }
    if (operation === "DeleteResource") this.#wanted.delete(Identifier);
    if (operation !== "UpdateResource") return;
    const resource = this.#wanted.get(Identifier);
    const patch = JSON.parse(String(body["PatchDocument"])) as { op: string; path: string; value: unknown }[];
    for (const { op, path, value } of patch) {
      assert.equal(op, "replace");
      assert.ok(resource !== undefined && path.lastIndexOf("/") === 0);
      resource.properties = { ...resource.properties, [path.slice(1)]: value };
    }
  }

  /** Checks that SageMaker's own operations return exactly the resources that the requests created. */
  async #compareState(): Promise<void> {
    const { sagemaker } = this.#aws;
    const { PipelineSummaries = [] } = await sagemaker.send(new ListPipelinesCommand());
    const { ModelPackageGroupSummaryList: groups = [] } = await sagemaker.send(new ListModelPackageGroupsCommand());
    assert.equal(PipelineSummaries.length + groups.length, this.#wanted.size);
    for (const [identifier, { type, properties }] of this.#wanted) {
      const { Tags, PipelineDefinition, ...rest } = properties as Record<string, { PipelineDefinitionBody: string }>;
      const described =
        type === pipelines
          ? await sagemaker.send(new DescribePipelineCommand({ PipelineName: identifier }))
          : await sagemaker.send(new DescribeModelPackageGroupCommand({ ModelPackageGroupName: identifier }));
      const definition = PipelineDefinition?.PipelineDefinitionBody;
      const expected = { ...rest, ...(definition === undefined ? {} : { PipelineDefinition: definition }) };
      const actual = Object.entries(described).filter(([name]) => Object.hasOwn(expected, name));
      assert.deepEqual(Object.fromEntries(actual), expected);
      const ResourceArn = "PipelineArn" in described ? described.PipelineArn : identifier;
      assert.deepEqual((await sagemaker.send(new ListTagsCommand({ ResourceArn }))).Tags, Tags);
    }
  }
}

/** Returns an answer for comparison: without its time, and with the writable properties parsed. */
function comparable(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (key, value) => {
    if (key === "EventTime") return typeof value;
    if (key !== "Properties") return value;
    return Object.fromEntries(
      Object.entries(JSON.parse(String(value)) as Body).filter(([name]) => !readOnly.includes(name)),
    );
  });
}
