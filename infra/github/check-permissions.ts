import { bothSpellings } from "../../service-model/arn.ts";
import { jobKinds, kindsReadByCheck, logGroup } from "../../service-model/job-kinds.ts";
import { regionalArn } from "../../service-model/partition.ts";
import { allow, type PolicyStatement } from "../permissions/policy.ts";
import { type AccessedStack, pipelineArns } from "./accessed-stack.ts";

/**
 * Returns the permissions of the stack check: start, follow and stop executions, record the verdict on them, read the logs of
 * jobs, and read models. It may approve and reject models only if `approveModels` is configured. It may delete a model that was
 * registered twice.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html (the ARNs of logs)
 */
export function checkPermissions(stack: AccessedStack): readonly PolicyStatement[] {
  const packages = bothSpellings(stack.modelPackageGroupNames).map((name) =>
    regionalArn(stack, "sagemaker", `model-package/${name}/*`),
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
      // SageMaker begins the names of pipelines' jobs like this.
      readKinds.map(({ resource }) => regionalArn(stack, "sagemaker", `${resource}/pipelines-*`)),
    ),
    // DescribeLogStreams is authorised for a stream with an empty name, `<group>:log-stream:`, which `:*` covers.
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
    // AWS's reference names no resource for this action reliably. `*` also shows the model names of other groups.
    allow("ListModels", ["sagemaker:ListModelPackages"], ["*"]),
    allow("ReadAndRemoveModels", ["sagemaker:DeleteModelPackage", "sagemaker:DescribeModelPackage"], packages),
    // Without `approveModels`, the check may record results on a model, but not change its approval status. With it, any status
    // is allowed, because a check may also take back the approval of an earlier check.
    allow(
      "DecideOnModels",
      ["sagemaker:UpdateModelPackage"],
      packages,
      stack.approvesModels ? undefined : { Null: { "sagemaker:ModelApprovalStatus": "true" } },
    ),
  ];
}
