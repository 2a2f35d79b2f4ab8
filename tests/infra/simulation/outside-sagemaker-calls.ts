import type { UsedByJobs } from "../../../local/iam/service-calls.ts";
import { other, product, sagemakerArns } from "./call-lists.ts";
import type { Call } from "./simulate.ts";

/** Lists the calls to SageMaker that the execution role must not be allowed. */
export function outsideSageMakerCalls(used: UsedByJobs, group: string): Readonly<Record<string, readonly Call[]>> {
  const { region, bucket, prefix } = used;
  const own = `arn:aws:s3:::${bucket}`;
  const sagemaker = sagemakerArns(used);
  const kinds = ["processing-job/pipelines-x", "training-job/pipelines-x"] as const;
  const verbs = ["Create", "Describe", "Stop"];
  const operation = (verb: string, resource: string) =>
    `sagemaker:${verb}${resource.startsWith("processing") ? "ProcessingJob" : "TrainingJob"}`;
  const version = sagemaker(`model-package/${group}/1`);
  const aliens = [
    sagemaker("model-package/other/1"),
    sagemaker(`model-package/${group}`),
    sagemaker(`model-package/${group}x/1`),
    sagemaker(`model-package/${group}/1`, "sa-east-1"),
    sagemaker(`model-package/${group}/1`, region, other),
  ];
  const pending = { "sagemaker:ModelApprovalStatus": "PendingManualApproval" };
  return {
    "approving its own model": [
      ["sagemaker:CreateModelPackage", version],
      ...["Approved", "Rejected"].map(
        (status): Call => ["sagemaker:CreateModelPackage", version, { "sagemaker:ModelApprovalStatus": status }],
      ),
      ...["Approved", "Rejected", "PendingManualApproval"].map(
        (status): Call => ["sagemaker:UpdateModelPackage", version, { "sagemaker:ModelApprovalStatus": status }],
      ),
      ["sagemaker:BatchDescribeModelPackage", version],
      ["sagemaker:DeleteModelPackage", version],
      ["sagemaker:DeleteModelPackageGroup", sagemaker(`model-package-group/${group}`)],
      ["sagemaker:PutModelPackageGroupPolicy", sagemaker(`model-package-group/${group}`)],
    ],
    "access to other groups' models": [
      ...aliens.map((resource): Call => ["sagemaker:CreateModelPackage", resource, pending]),
      ...aliens.flatMap((resource): Call[] => [
        ["sagemaker:DescribeModelPackage", resource],
        ["sagemaker:AddTags", resource],
      ]),
      ...[`${group}x`, "other"].flatMap((name): Call[] => [
        ["sagemaker:CreateModelPackageGroup", sagemaker(`model-package-group/${name}`)],
        ["sagemaker:AddTags", sagemaker(`model-package-group/${name}`)],
      ]),
    ],
    "access to jobs outside of pipelines": product(
      verbs,
      kinds.flatMap((kind) => [
        sagemaker(kind.replace("pipelines-x", "mine")),
        sagemaker(kind.replace("pipelines-x", "x-pipelines-")),
        sagemaker(kind, "sa-east-1"),
        sagemaker(kind, region, other),
      ]),
      (verb, resource): Call => [operation(verb, resource.split(":").at(-1) ?? ""), resource],
    ),
    "other actions on its own jobs": [
      ...["DeleteProcessingJob", "DeleteTags", "ListTags"].map(
        (name): Call => [`sagemaker:${name}`, sagemaker("processing-job/pipelines-x")],
      ),
      ...["BatchPutMetrics", "DeleteTags", "DeleteTrainingJob", "ListTags", "UpdateTrainingJob"].map(
        (name): Call => [`sagemaker:${name}`, sagemaker("training-job/pipelines-x")],
      ),
    ],
    "creating kinds of jobs that no step has": [
      ["TransformJob", "transform-job"],
      ["HyperParameterTuningJob", "hyper-parameter-tuning-job"],
      ["AutoMLJob", "automl-job"],
      ["LabelingJob", "labeling-job"],
      ["CompilationJob", "compilation-job"],
    ].flatMap(([kind, resource]) =>
      verbs.map((verb): Call => [`sagemaker:${verb}${kind}`, sagemaker(`${resource}/pipelines-x`)]),
    ),
    "creating any other SageMaker resource": [
      ...product(
        ["Create", "Delete", "Describe", "Update"],
        [
          ["Endpoint", "endpoint"],
          ["Domain", "domain"],
          ["NotebookInstance", "notebook-instance"],
          ["Experiment", "experiment"],
          ["Pipeline", "pipeline"],
        ] as const,
        (verb, [kind, resource]): Call => [`sagemaker:${verb}${kind}`, sagemaker(`${resource}/pipelines-x`)],
      ),
      ...["CreateModel", "DeleteModel", "DescribeModel"].map(
        (name): Call => [`sagemaker:${name}`, sagemaker("model/pipelines-x")],
      ),
      ["sagemaker:CreatePresignedDomainUrl", sagemaker("user-profile/d/u")],
      ["sagemaker:InvokeEndpoint", sagemaker("endpoint/pipelines-x")],
    ],
    "starting and changing pipelines, including its own": product(
      [
        "sagemaker:DeletePipeline",
        "sagemaker:DescribePipeline",
        "sagemaker:StartPipelineExecution",
        "sagemaker:UpdatePipeline",
      ],
      [sagemaker(`pipeline/${group}`), sagemaker("pipeline/other"), sagemaker("pipeline/pipelines-x")],
      (action, resource): Call => [action, resource],
    ),
    "writing S3 objects where no step writes": product(
      ["s3:PutObject", "s3:AbortMultipartUpload"],
      [
        `${own}/${prefix}/code/0/evaluate.py`,
        `${own}/${prefix}/data/0/crickets.csv`,
        `${own}/${prefix}/evaluation.json`,
        `${own}/${prefix}/executionsx/a`,
        `${own}/${prefix}x/executions/a`,
        `${own}/other/executions/a`,
        `${own}/executions/a`,
        `${own}x/${prefix}/executions/a`,
        `arn:aws:s3:::other/${prefix}/executions/a`,
        "arn:aws:s3:::lake/crickets.csv",
      ],
      (action, resource): Call => [action, resource],
    ),
  };
}
