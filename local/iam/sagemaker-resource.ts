import { account } from "../state/arn.ts";

/** What an operation is about: the type, as ARNs spell it, and the member that names it or is its ARN. */
type Subject = readonly [type: string, member: string];

const execution: Subject = ["pipeline", "PipelineExecutionArn"];
const pipeline: Subject = ["pipeline", "PipelineName"];
const model: Subject = ["model", "ModelName"];
const group: Subject = ["model-package-group", "ModelPackageGroupName"];
const modelPackage: Subject = ["model-package", "ModelPackageName"];
const tagged: Subject = ["", "ResourceArn"];

/**
 * The operations whose name does not end with the type that they are about, and those of this endpoint.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
const subjects: Readonly<Record<string, Subject>> = {
  AddTags: tagged,
  CreateModel: model,
  CreateModelPackageGroup: group,
  CreatePipeline: pipeline,
  DeleteModel: model,
  DeleteModelPackage: modelPackage,
  DeleteModelPackageGroup: group,
  DeletePipeline: pipeline,
  DeleteTags: tagged,
  DescribeModel: model,
  DescribeModelPackage: modelPackage,
  DescribeModelPackageGroup: group,
  DescribePipeline: pipeline,
  DescribePipelineDefinitionForExecution: execution,
  DescribePipelineExecution: execution,
  DescribeProcessingJob: ["processing-job", "ProcessingJobName"],
  DescribeTrainingJob: ["training-job", "TrainingJobName"],
  DescribeTransformJob: ["transform-job", "TransformJobName"],
  ListPipelineExecutionSteps: execution,
  ListPipelineExecutions: pipeline,
  ListPipelineParametersForExecution: execution,
  ListPipelineVersions: pipeline,
  ListTags: tagged,
  RetryPipelineExecution: execution,
  StartPipelineExecution: pipeline,
  StopPipelineExecution: execution,
  UpdateModelPackage: ["model-package", "ModelPackageArn"],
  UpdatePipeline: pipeline,
  UpdatePipelineExecution: execution,
  UpdatePipelineVersion: ["pipeline", "PipelineArn"],
};

/** Of a group's packages together: the version that a new one gets is not known before. */
const ofGroup: ReadonlySet<string> = new Set(["CreateModelPackage", "ListModelPackages"]);

/** Resources whose names are not known: `*`, and all packages of a group. */
export function sagemakerResource(operation: string, input: Readonly<Record<string, unknown>>, region: string): string {
  const named = (type: string, name: string) => {
    if (name.startsWith("arn:")) return name;
    return type === "" ? "*" : `arn:aws:sagemaker:${region}:${account}:${type}/${name.toLowerCase()}`;
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

/** As `StopTrainingJob`, which is told `TrainingJobName`. */
function byName(operation: string): Subject {
  const kind = operation.replace(/^[A-Z][a-z]+/, "");
  return [kind.replace(/(?!^)[A-Z]/g, "-$&").toLowerCase(), `${kind}Name`];
}
