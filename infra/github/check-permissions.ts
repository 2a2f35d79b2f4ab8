import { jobKinds, kindsReadByCheck, logGroup } from "../../service-model/job-kinds.ts";
import { regionalArn } from "../../service-model/partition.ts";
import { allow, type PolicyStatement } from "../permissions/policy.ts";
import { type AccessedStack, pipelineArns } from "./accessed-stack.ts";

/**
 * The stack check: run a pipeline or a part of it, follow or stop the execution and note on it what was found, read what its
 * jobs logged, and decide on the model. It sets a model's approval only where the stack is configured to, and removes one that was registered twice.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html (the ARNs of logs)
 */
export function checkPermissions(stack: AccessedStack): readonly PolicyStatement[] {
  const packages = stack.modelPackageGroupNames.map((name) =>
    regionalArn(stack, "sagemaker", `model-package/${name.toLowerCase()}/*`),
  );
  const readKinds = kindsReadByCheck.map((kind) => jobKinds[kind]);
  const groups = readKinds.map(({ logs }) => regionalArn(stack, "logs", `log-group:${logGroup(logs)}`));
  return [
    allow(
      "RunPipelines",
      [
        "sagemaker:DescribePipelineDefinitionForExecution",
        "sagemaker:DescribePipelineExecution",
        "sagemaker:ListPipelineExecutionSteps",
        "sagemaker:ListPipelineExecutions",
        "sagemaker:ListPipelineParametersForExecution",
        "sagemaker:RetryPipelineExecution",
        "sagemaker:StartPipelineExecution",
        "sagemaker:StopPipelineExecution",
        "sagemaker:UpdatePipelineExecution",
      ],
      pipelineArns(stack).flatMap((arn) => [arn, `${arn}/execution/*`]),
    ),
    allow(
      "ReadJobs",
      kindsReadByCheck.map((kind) => `sagemaker:Describe${kind}`),
      // As SageMaker names the jobs of pipelines.
      readKinds.map(({ resource }) => regionalArn(stack, "sagemaker", `${resource}/pipelines-*`)),
    ),
    // CloudWatch Logs asks for the streams of a group as for one without a name: `<group>:log-stream:`.
    allow(
      "FindJobLogs",
      ["logs:DescribeLogStreams"],
      groups.map((group) => `${group}:*`),
    ),
    allow(
      "ReadJobLogs",
      ["logs:GetLogEvents"],
      groups.map((group) => `${group}:log-stream:pipelines-*`),
    ),
    // A list is of no resource that the reference names for certain: this tells the names of other groups' models too.
    allow("ListModels", ["sagemaker:ListModelPackages"], ["*"]),
    allow("ReadAndRemoveModels", ["sagemaker:DeleteModelPackage", "sagemaker:DescribeModelPackage"], packages),
    // What a check records on a model is without an approval in the request, and so changes none. Where it decides, it may set
    // each: it also takes back what an earlier check of the same execution approved.
    allow(
      "DecideOnModels",
      ["sagemaker:UpdateModelPackage"],
      packages,
      stack.approvesModels ? undefined : { Null: { "sagemaker:ModelApprovalStatus": "true" } },
    ),
  ];
}
