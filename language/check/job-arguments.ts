import type { JobKindName } from "../../service-model/job-kinds.ts";
import { limits } from "../../service-model/limits.ts";
import { isExpression } from "../expressions/expression.ts";
import type { ArgumentCheck } from "./argument-check.ts";
import { shown } from "./problem.ts";

/** Checks the request of a training job at `prefix`. `resources` is the path of its instances. */
function checkTraining(check: ArgumentCheck, prefix: string, resources: string, hyperparameters: string): void {
  const machines = `${prefix}${resources}`;
  if (check.value(`${machines}.InstanceGroups`) === undefined)
    check.wholeFrom(`${machines}.InstanceCount`, 1, "an instance count");
  check.wholeFrom(`${machines}.VolumeSizeInGB`, 1, "a volume's size in GB");
  check.atMost(`${prefix}${hyperparameters}`, limits.hyperparameters);
  check.texts(`${prefix}${hyperparameters}`, limits.hyperparameterCharacters);
  check.atMost(`${prefix}Environment`, limits.environmentEntries);
  check.texts(`${prefix}Environment`, Number.POSITIVE_INFINITY);
  check.namedOnce(`${prefix}InputDataConfig`, "ChannelName", "channel");
  check.stoppingCondition(`${prefix}StoppingCondition`, check.value(`${prefix}EnableManagedSpotTraining`));
}

function checkContainer(check: ArgumentCheck, path: string): void {
  for (const key of ["ContainerArguments", "ContainerEntrypoint"]) {
    check.atMost(`${path}.${key}`, limits.containerArguments);
    check.texts(`${path}.${key}`, limits.containerArgumentCharacters);
  }
}

function checkTuning(check: ArgumentCheck): void {
  check.oneOf("TrainingJobDefinition", "TrainingJobDefinitions");
  const several = check.value("TrainingJobDefinitions");
  const prefixes = Array.isArray(several) ? several.map((_, i) => `TrainingJobDefinitions.${i}.`) : [];
  for (const prefix of [...prefixes, "TrainingJobDefinition."])
    checkTraining(check, prefix, "HyperParameterTuningResourceConfig", "StaticHyperParameters");
  check.namedOnce("TrainingJobDefinitions", "DefinitionName", "training job definition");
  const limit = "HyperParameterTuningJobConfig.ResourceLimits";
  check.wholeFrom(`${limit}.MaxNumberOfTrainingJobs`, 1, "a number of jobs");
  check.wholeFrom(`${limit}.MaxParallelTrainingJobs`, 1, "a number of jobs");
}

const rules: { readonly [Kind in JobKindName]?: (check: ArgumentCheck) => void } = {
  ProcessingJob: (check) => {
    check.wholeFrom("ProcessingResources.ClusterConfig.InstanceCount", 1, "an instance count");
    check.wholeFrom("ProcessingResources.ClusterConfig.VolumeSizeInGB", 1, "a volume's size in GB");
    check.atMost("ProcessingInputs", limits.processingInputs);
    check.atMost("ProcessingOutputConfig.Outputs", limits.processingOutputs);
    check.namedOnce("ProcessingInputs", "InputName", "input");
    check.namedOnce("ProcessingOutputConfig.Outputs", "OutputName", "output");
    checkContainer(check, "AppSpecification");
    check.atMost("Environment", limits.environmentEntries);
    check.texts("Environment", Number.POSITIVE_INFINITY);
    check.stoppingCondition("StoppingCondition", false);
  },
  TrainingJob: (check) => {
    checkTraining(check, "", "ResourceConfig", "HyperParameters");
    checkContainer(check, "AlgorithmSpecification");
  },
  HyperParameterTuningJob: checkTuning,
  TransformJob: (check) => {
    check.wholeFrom("TransformResources.InstanceCount", 1, "an instance count");
    check.atMost("Environment", limits.environmentEntries);
  },
  AutoMLJob: (check) => {
    const mode = check.value("AutoMLJobConfig.Mode");
    if (mode !== "ENSEMBLING" && !isExpression(mode))
      check.report("AutoMLJobConfig.Mode", `is ${shown(mode ?? null)}; pipelines support only the mode "ENSEMBLING"`);
  },
};

/** Checks the request of a job kind, and adds the problems to `check`. */
export function checkJobArguments(kind: JobKindName, check: ArgumentCheck): void {
  rules[kind]?.(check);
}
