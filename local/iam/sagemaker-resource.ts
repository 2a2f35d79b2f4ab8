import { jobKind } from "../../service-model/job-kinds.ts";
import { localAccount } from "../state/arn.ts";

/** The resource of an operation: its type in ARNs, and the request member with its name or ARN. */
type Subject = readonly [type: string, member: string];

const execution: Subject = ["pipeline", "PipelineExecutionArn"];
const pipeline: Subject = ["pipeline", "PipelineName"];
const tagged: Subject = ["", "ResourceArn"];

/**
 * The operations whose name does not end with the resource's type, or whose request contains the resource's ARN.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
const subjects: Readonly<Record<string, Subject>> = {
  AddTags: tagged,
  DeleteTags: tagged,
  DescribePipelineDefinitionForExecution: execution,
  DescribePipelineExecution: execution,
  ListPipelineExecutionSteps: execution,
  ListPipelineExecutions: pipeline,
  ListPipelineParametersForExecution: execution,
  ListPipelineVersions: pipeline,
  ListTags: tagged,
  RetryPipelineExecution: execution,
  StartPipelineExecution: pipeline,
  StopPipelineExecution: execution,
  UpdateModelPackage: ["model-package", "ModelPackageArn"],
  UpdatePipelineExecution: execution,
  UpdatePipelineVersion: ["pipeline", "PipelineArn"],
};

/** The operations on all packages of a group. CreateModelPackage is one, because the new version is not known yet. */
const groupOperations: ReadonlySet<string> = new Set(["CreateModelPackage", "ListModelPackages"]);

/** Returns the ARN of the resource in a SageMaker request. Returns `*` if the request does not name it. */
export function sagemakerResource(operation: string, input: Readonly<Record<string, unknown>>, region: string): string {
  const named = (type: string, name: string) => {
    if (name.startsWith("arn:")) return name;
    return type === "" ? "*" : `arn:aws:sagemaker:${region}:${localAccount}:${type}/${name}`;
  };
  const groupName = input["ModelPackageGroupName"];
  if (groupOperations.has(operation) && typeof groupName === "string") {
    const [, name = groupName] = /:model-package-group\/(.*)$/.exec(groupName) ?? [];
    return named("model-package", `${name}/*`);
  }
  const [type, member] = Object.hasOwn(subjects, operation) ? (subjects[operation] ?? tagged) : byName(operation);
  const name = input[member];
  return typeof name === "string" && name !== "" ? named(type, name) : "*";
}

/**
 * Derives the resource of an operation from the operation's name: `StopTrainingJob` has the member `TrainingJobName` and the
 * type `training-job` in ARNs. The table of job kinds has the types that differ from this.
 */
function byName(operation: string): Subject {
  const kind = operation.replace(/^[A-Z][a-z]+/, "");
  const row = jobKind(kind);
  if (row !== undefined) return [row.resource, row.nameMember];
  return [kind.replace(/(?!^)[A-Z]/g, "-$&").toLowerCase(), `${kind}Name`];
}
