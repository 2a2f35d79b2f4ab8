import { arnParts } from "../../service-model/arn.ts";
import type { JobKindName } from "../../service-model/job-kinds.ts";
import { isExpression } from "../expressions/expression.ts";
import type { ArgumentCheck } from "./argument-check.ts";
import { at } from "./declared-names.ts";
import { shown } from "./problem.ts";

/** Returns the items of a list in the request with their paths. */
function items(check: ArgumentCheck, path: string): readonly (readonly [item: unknown, path: string])[] {
  const list = check.value(path);
  return Array.isArray(list) ? list.map((item, index) => [item, `${path}[${index}]`] as const) : [];
}

/** Checks a container's arguments and entry point. AWS rejects empty strings there, and parameters whose default is empty. */
function checkContainer(check: ArgumentCheck, path: string): void {
  for (const key of ["ContainerArguments", "ContainerEntrypoint"])
    for (const [item, place] of items(check, `${path}.${key}`)) {
      if (item === "") check.report(place, "is an empty string, which SageMaker rejects; leave it out or give a value");
      if (isExpression(item) && item.kind === "parameter" && item.defaultValue === "")
        check.report(
          place,
          `is the parameter ${item.name}, whose default is an empty string, which SageMaker rejects; give it another default`,
        );
    }
}

/** Checks that no two inputs, or outputs, have the same folder in the container, which CreateProcessingJob would reject. */
function checkLocalPaths(check: ArgumentCheck, path: string, member: string, what: string): void {
  const names = new Map<string, string>();
  for (const [index, [item, place]] of items(check, path).entries()) {
    const localPath = at(item, `${member}.LocalPath`) ?? at(item, "DatasetDefinition.LocalPath");
    if (typeof localPath !== "string") continue;
    const folder = localPath.replace(/\/+$/, "");
    const first = names.get(folder);
    if (first !== undefined)
      check.report(
        `${place}.${member}.LocalPath`,
        `is ${shown(localPath)}, as that of the ${what} ${first}; give each ${what} its own`,
      );
    else names.set(folder, String(at(item, "InputName") ?? at(item, "OutputName") ?? index));
  }
}

/** Matches characters that the filters of a batch transform do not accept: all except letters, digits and JSONPath's operators. */
const filterCharacters = /[^A-Za-z0-9$.*[\]'",:\- ]/;

/** Checks a filter. Source: https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html, boto/boto3#3136 */
function checkFilter(check: ArgumentCheck, name: "InputFilter" | "OutputFilter"): void {
  const filter = check.value(`DataProcessing.${name}`);
  const unexpected = typeof filter === "string" ? filterCharacters.exec(filter)?.[0] : undefined;
  if (unexpected !== undefined)
    check.report(
      `DataProcessing.${name}`,
      `Invalid ${name} ${shown(filter)}: Unexpected "${unexpected}" in JsonPath; SageMaker accepts only letters and digits in names; rename the member`,
    );
}

/** Checks the request of a training job at `prefix`. */
function checkTraining(check: ArgumentCheck, prefix: string): void {
  check.namedOnce(`${prefix}InputDataConfig`, "ChannelName", "channel");
  check.stoppingCondition(`${prefix}StoppingCondition`, check.value(`${prefix}EnableManagedSpotTraining`));
}

/**
 * Checks that the objective of a tuning job is among the metric definitions if the image belongs to the account of the job's
 * role. AWS's own algorithms have built-in metrics. Source: aws/amazon-sagemaker-examples#1207
 */
function checkMetric(check: ArgumentCheck, prefix: string, objective: unknown): void {
  const image = check.value(`${prefix}AlgorithmSpecification.TrainingImage`);
  const role = check.value(`${prefix}RoleArn`);
  const definitions = check.value(`${prefix}AlgorithmSpecification.MetricDefinitions`);
  if (typeof image !== "string" || typeof role !== "string" || image.split(".")[0] !== arnParts(role).account) return;
  const path = `${prefix}AlgorithmSpecification.MetricDefinitions`;
  const names = Array.isArray(definitions) ? definitions.map((each) => at(each, "Name")) : [];
  if (definitions === undefined || names.length === 0)
    check.report(
      path,
      "are missing. A metric is required for this hyperparameter tuning job objective. Provide a metric in the metric definitions.",
    );
  else if (typeof objective === "string" && names.every((name) => typeof name === "string" && name !== objective))
    check.report(
      path,
      `have no ${shown(objective)}. A metric is required for this hyperparameter tuning job objective. Provide a metric in the metric definitions.`,
    );
}

function checkTuning(check: ArgumentCheck): void {
  check.oneOf("TrainingJobDefinition", "TrainingJobDefinitions");
  const several = check.value("TrainingJobDefinitions");
  const prefixes = Array.isArray(several) ? several.map((_, i) => `TrainingJobDefinitions.${i}.`) : [];
  for (const prefix of [...prefixes, "TrainingJobDefinition."]) {
    checkTraining(check, prefix);
    const own =
      prefix === "TrainingJobDefinition." ? "HyperParameterTuningJobConfig.HyperParameterTuningJobObjective" : "";
    checkMetric(check, prefix, check.value(`${own || `${prefix}TuningObjective`}.MetricName`));
  }
  check.namedOnce("TrainingJobDefinitions", "DefinitionName", "training job definition");
}

/** SageMaker's rules that its API model does not contain. */
const rules: { readonly [Kind in JobKindName]?: (check: ArgumentCheck) => void } = {
  ProcessingJob: (check) => {
    check.namedOnce("ProcessingInputs", "InputName", "input");
    check.namedOnce("ProcessingOutputConfig.Outputs", "OutputName", "output");
    check.stoppingCondition("StoppingCondition", false);
    checkLocalPaths(check, "ProcessingInputs", "S3Input", "input");
    checkLocalPaths(check, "ProcessingOutputConfig.Outputs", "S3Output", "output");
    checkContainer(check, "AppSpecification");
  },
  TrainingJob: (check) => {
    // The model allows 0 instances, because clusters with instance groups have no count of their own.
    if (check.value("ResourceConfig.InstanceGroups") === undefined && check.value("ResourceConfig.InstanceCount") === 0)
      check.report("ResourceConfig.InstanceCount", "is 0; SageMaker accepts at least 1");
    checkTraining(check, "");
    checkContainer(check, "AlgorithmSpecification");
  },
  HyperParameterTuningJob: checkTuning,
  TransformJob: (check) => {
    checkFilter(check, "InputFilter");
    checkFilter(check, "OutputFilter");
  },
  ModelPackage: (check) => {
    // Source: aws/aws-cdk#33699. The RegisterModel collection of the SageMaker Python SDK 2 writes tags anyway, into steps whose
    // names end like this. They are accepted here, so that its pipelines can be read; the step fails when it runs.
    if (check.step.name.endsWith("-RegisterModel")) return;
    if (check.value("ModelPackageGroupName") !== undefined && check.value("Tags") !== undefined)
      check.report(
        "Tags",
        "Tags are not supported in Model Package versions. Please add them to the Model Package Group",
      );
  },
  AutoMLJob: (check) => {
    const mode = check.value("AutoMLJobConfig.Mode");
    // The model reports modes that AWS does not have.
    if (mode === undefined || mode === "AUTO" || mode === "HYPERPARAMETER_TUNING")
      check.report("AutoMLJobConfig.Mode", `is ${shown(mode ?? null)}; pipelines support only the mode "ENSEMBLING"`);
  },
};

/** Checks the request of a job kind, and adds the problems to `check`. */
export function checkJobArguments(kind: JobKindName, check: ArgumentCheck): void {
  rules[kind]?.(check);
}
