import type { SearchRequest, SearchResponse, Tag, TrialComponent } from "@aws-sdk/client-sagemaker";
import type { Json } from "../../service-model/definition.ts";
import { jobKinds } from "../../service-model/job-kinds.ts";
import { jobsOf, type LocalJobKind, localJobKinds } from "../state/store.ts";
import { tagsOf } from "../state/tags.ts";
import { validationError } from "../wire/aws-error.ts";
import { page, sortedBy } from "../wire/page.ts";
import { required } from "../wire/required.ts";
import type { Wire } from "../wire/wire.ts";
import type { Call } from "./call.ts";
import { isInRegion } from "./listing.ts";
import { describePipelineExecution, parametersOf } from "./pipeline-execution.ts";
import { checkExpression, satisfies, valuesAt } from "./search-expression.ts";

type Members = { readonly [member: string]: unknown };

/** A kind of resource that Search returns. */
interface Searched {
  /** The member of a search record that holds the resource. */
  readonly member: string;
  /** The member with the ARN. */
  readonly arn: string;
  /** The members of a description that a search record lacks. */
  readonly without?: readonly string[];
  readonly all: (call: Call) => readonly Members[] | Promise<readonly Members[]>;
}

/** The resources by the request's `Resource`. Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_SearchRecord.html */
const resources: Readonly<Record<string, Searched>> = {
  Pipeline: {
    member: "Pipeline",
    arn: "PipelineArn",
    without: ["PipelineDefinition"],
    all: ({ store }) => store.pipelines.values(),
  },
  PipelineExecution: {
    member: "PipelineExecution",
    arn: "PipelineExecutionArn",
    without: ["PipelineVersionAliases"],
    all: (call) => Promise.all(call.store.executions.values().map((execution) => executionRecord(execution.arn, call))),
  },
  ModelPackage: { member: "ModelPackage", arn: "ModelPackageArn", all: ({ store }) => store.modelPackages.values() },
  ModelPackageGroup: {
    member: "ModelPackageGroup",
    arn: "ModelPackageGroupArn",
    all: ({ store }) => store.modelPackageGroups.values().map(({ description }) => description),
  },
  TrainingJob: {
    member: "TrainingJob",
    arn: "TrainingJobArn",
    without: [
      "InfraCheckConfig",
      "MlflowConfig",
      "ProfilerRuleConfigurations",
      "RemoteDebugConfig",
      "ServerlessJobConfig",
    ],
    all: ({ store }) => store.trainingJobs.values(),
  },
  // A processing job is found as the trial component that SageMaker makes for every job.
  ExperimentTrialComponent: {
    member: "TrialComponent",
    arn: "TrialComponentArn",
    all: (call) => localJobKinds.flatMap((kind) => trialComponents(kind, call)),
  },
};

/** Resources that exist locally, but that Search does not return. No other resources exist locally. */
const notSearched = ["Model", "PipelineVersion"];

/**
 * Searches resources by their properties.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Search.html
 *
 * @throws AwsError `ValidationException` for an invalid expression
 */
export async function search(input: SearchRequest, call: Call): Promise<Wire<SearchResponse>> {
  const resource = required(input.Resource, "Resource");
  if (notSearched.includes(resource))
    throw validationError(`Search for the resource ${resource} does not work locally: use List${resource}s`);
  const { SearchExpression: expression, SortBy = "LastModifiedTime", SortOrder = "Descending" } = input;
  if (expression !== undefined) checkExpression(expression);
  const kind = resources[resource];
  // There are no resources of other accounts here.
  const all =
    kind === undefined || input.CrossAccountFilterOption === "CrossAccount" ? [] : await recordsOf(kind, call);
  const hits = all.filter(({ properties }) => expression === undefined || satisfies(properties, expression));
  const sorted = sortedBy(hits, ({ properties }) => sortKey(properties, SortBy), SortOrder);
  const { items, next } = page(sorted, input, ({ arn }) => arn);
  const Results = items.map(({ record }) => ({ [kind?.member ?? ""]: record }));
  return { Results, ...next, TotalHits: { Value: hits.length, Relation: "EqualTo" } } as Wire<SearchResponse>;
}

/** Returns the resources of a kind in the request's region: the answered record, and the properties that filters name. */
async function recordsOf({ arn: arnMember, without = [], all }: Searched, call: Call) {
  const own = (await all(call)).filter((each) => isInRegion(call.region, String(each[arnMember])));
  return own.map((each) => {
    const arn = String(each[arnMember]);
    const tags = tagsOf(arn, call);
    const kept = Object.fromEntries(Object.entries(each).filter(([name]) => !without.includes(name)));
    const record = { ...kept, ...(tags.length === 0 ? {} : { Tags: tags }) };
    return { arn, record, properties: propertiesOf(record) };
  });
}

/** Returns a record with tags and metrics by name, as filters name them: `Tags.team`, `Metrics.accuracy`. */
function propertiesOf(record: Members): Json {
  const { Tags = [], FinalMetricDataList: metrics = [] } = record as {
    readonly Tags?: readonly Tag[];
    readonly FinalMetricDataList?: readonly { readonly MetricName?: string; readonly Value?: number }[];
  };
  const byName = (entries: readonly (readonly [string | undefined, unknown])[]) =>
    entries.length === 0 ? undefined : Object.fromEntries(entries);
  return {
    ...record,
    Tags: byName(Tags.map(({ Key, Value }) => [Key, Value])),
    Metrics: byName(metrics.map(({ MetricName, Value }) => [MetricName, Value])),
  } as Json;
}

/** Returns the value to sort by. Resources that never change are sorted by their creation. */
function sortKey(properties: Json, by: string): string | number {
  const [value = valuesAt(properties, by === "LastModifiedTime" ? "CreationTime" : by)[0]] = valuesAt(properties, by);
  return typeof value === "number" ? value : String(value ?? "");
}

async function executionRecord(PipelineExecutionArn: string, call: Call): Promise<Members> {
  const execution = await describePipelineExecution({ PipelineExecutionArn }, call);
  return { ...execution, PipelineParameters: parametersOf(PipelineExecutionArn, call) };
}

/**
 * Returns the trial components of a kind's jobs: `<job>-aws-processing-job`.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/experiments-create.html
 */
function trialComponents(kind: LocalJobKind, { store }: Call): readonly Wire<TrialComponent>[] {
  return jobsOf(store, kind)
    .values()
    .map((job) => {
      const members = { ...job } as Members;
      const { resource, nameMember } = jobKinds[kind];
      const SourceArn = String(members[`${kind}Arn`]);
      const name = `${String(members[nameMember]).toLowerCase()}-aws-${resource}`;
      const work = kind.replace(/Job$/, "");
      return {
        TrialComponentName: name,
        DisplayName: name,
        TrialComponentArn: SourceArn.replace(/:[^:]*$/, `:experiment-trial-component/${name}`),
        Source: { SourceArn, SourceType: `SageMaker${kind}` },
        Status: { PrimaryStatus: members[`${kind}Status`] },
        StartTime: members[`${work}StartTime`],
        EndTime: members[`${work}EndTime`],
        CreationTime: members["CreationTime"],
        LastModifiedTime: members["LastModifiedTime"] ?? members["CreationTime"],
        SourceDetail: { SourceArn, [kind]: job },
      } as Wire<TrialComponent>;
    });
}
