import { jobKind } from "../../service-model/job-kinds.ts";
import { localAccount } from "../state/arn.ts";

/** What an operation is about: the type, as ARNs spell it, and the member that names it or is its ARN. */
type Subject = readonly [type: string, member: string];

const execution: Subject = ["pipeline", "PipelineExecutionArn"];
const pipeline: Subject = ["pipeline", "PipelineName"];
const tagged: Subject = ["", "ResourceArn"];

/**
 * The operations whose name does not end with the type that they are about, or that name it by its ARN.
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

/** Of a group's packages together: the version that a new one gets is not known before. */
const ofGroup: ReadonlySet<string> = new Set(["CreateModelPackage", "ListModelPackages"]);

/** Resources whose names are not known: `*`, and all packages of a group. */
export function sagemakerResource(operation: string, input: Readonly<Record<string, unknown>>, region: string): string {
  const named = (type: string, name: string) => {
    if (name.startsWith("arn:")) return name;
    return type === "" ? "*" : `arn:aws:sagemaker:${region}:${localAccount}:${type}/${name.toLowerCase()}`;
  };
  const groupName = input["ModelPackageGroupName"];
  if (ofGroup.has(operation) && typeof groupName === "string") {
    const [, name = groupName] = /:model-package-group\/(.*)$/.exec(groupName) ?? [];
    return named("model-package", `${name}/*`);
  }
  const [type, member] = Object.hasOwn(subjects, operation) ? (subjects[operation] ?? tagged) : byName(operation);
  const name = input[member];
  return typeof name === "string" && name !== "" ? named(type, name) : "*";
}

/** As `StopTrainingJob`, which is told `TrainingJobName`. A kind without a row has the name of its members in its ARN. */
function byName(operation: string): Subject {
  const kind = operation.replace(/^[A-Z][a-z]+/, "");
  const row = jobKind(kind);
  if (row !== undefined) return [row.resource, row.nameMember];
  return [kind.replace(/(?!^)[A-Z]/g, "-$&").toLowerCase(), `${kind}Name`];
}
