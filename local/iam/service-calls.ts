import { s3Arn } from "../../service-model/arn.ts";
import { isJob, type JobKind, type JobKindName, jobKinds, logGroup } from "../../service-model/job-kinds.ts";
import type { CallContext, IamCall } from "./recorded-call.ts";

/** The resources of jobs that SageMaker itself uses with the role. */
export interface UsedByJobs {
  readonly account: string;
  readonly region: string;
  /** The kinds of jobs, models and endpoints that have the role. */
  readonly kinds: readonly JobKindName[];
  /** The name of the job. Without it, an invented name of a pipeline's job is used. */
  readonly name?: string;
  readonly bucket: string;
  /** The prefix in the bucket below which the pipeline stores its objects. */
  readonly prefix: string;
  /** The repositories of the images, as the end of their ARNs: `<account>:repository/<name>`. */
  readonly repositories: readonly string[];
  /** The ARNs of the KMS keys of objects and volumes. */
  readonly keys: { readonly objects?: string; readonly volumes?: string };
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  /** The bucket and key of data that a parameter's default value names, if it is not below the pipeline's prefix. */
  readonly data?: readonly [bucket: string, key: string];
}

/** Calls that SageMaker itself makes with the role for one purpose. */
export interface ServiceCalls {
  /** The purpose, as a clause. */
  readonly what: string;
  /** The page where AWS documents the calls. */
  readonly source: string;
  /**
   * Whether every job needs the calls before its container starts. Other calls are needed later or only for some jobs.
   */
  readonly atStart: boolean;
  readonly calls: (used: UsedByJobs) => readonly IamCall[];
  /** The beginning of the failure reason of a job whose role does not allow the calls. */
  readonly reasonPrefix?: string;
}

const roles = "https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html";
const someJob = "pipelines-abc123def456-x";

/** Returns a call for each action on each resource, all with the same context. */
function each(actions: readonly string[], resources: readonly string[], context?: CallContext): readonly IamCall[] {
  const keys = context === undefined ? {} : { context };
  return resources.flatMap((resource) => actions.map((action) => ({ action, resource, ...keys })));
}

function logCalls({ account, region, name = someJob }: UsedByJobs, kind: JobKind): readonly IamCall[] {
  if (kind.logs === undefined) return [];
  const shared = logGroup(kind.logs);
  const group = `arn:aws:logs:${region}:${account}:log-group:${kind.ownLogGroup ? `${shared}/${name}` : shared}`;
  return [
    ...each(["logs:CreateLogGroup", "logs:DescribeLogStreams"], [group]),
    ...each(["logs:CreateLogStream", "logs:PutLogEvents"], [`${group}:log-stream:${name}/algo-1-1795387734`]),
    ...each(["cloudwatch:PutMetricData"], ["*"], { "cloudwatch:namespace": shared }),
  ];
}

/**
 * The calls that AWS makes with the execution role for jobs and endpoints. The local endpoint does not make them, but
 * checks that the role allows them. Most are documented under "Execution Role Permissions" of each job's operation.
 */
export const serviceCalls: readonly ServiceCalls[] = [
  {
    what: "images are pulled",
    source: `${roles}#sagemaker-roles-createtrainingjob-perms`,
    atStart: true,
    // Source of the text: https://github.com/aws/sagemaker-python-sdk/issues/57
    reasonPrefix: "Cannot pull algorithm container. Either the image does not exist or its permissions are incorrect.",
    calls: ({ region, repositories }) => [
      ...each(["ecr:GetAuthorizationToken"], ["*"]),
      ...each(
        ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        repositories.map((repository) => `arn:aws:ecr:${region}:${repository}`),
      ),
    ],
  },
  {
    what: "jobs and endpoints write logs and metrics",
    source: roles,
    atStart: true,
    calls: (used) => used.kinds.flatMap((kind) => logCalls(used, jobKinds[kind])),
  },
  {
    what: "a multipart upload is aborted",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions",
    atStart: false,
    calls: ({ bucket, prefix, kinds: running }) =>
      running.some((kind) => isJob(jobKinds[kind]))
        ? each(["s3:AbortMultipartUpload"], [s3Arn(`${bucket}/${prefix}/executions/x/model.tar.gz`)])
        : [],
  },
  {
    what: "running jobs are stopped with their execution",
    source: "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopPipelineExecution.html",
    atStart: false,
    calls: ({ account, region, name = someJob, kinds: running }) =>
      running
        .filter((kind) => isJob(jobKinds[kind]))
        .map((kind) => ({
          action: `sagemaker:Stop${kind}`,
          resource: `arn:aws:sagemaker:${region}:${account}:${jobKinds[kind].resource}/${name}`,
        })),
  },
  {
    what: "data that a parameter's default value names is read",
    source: `${roles}#sagemaker-roles-createprocessingjob-perms`,
    atStart: false,
    calls: ({ data: [bucket, key] = [undefined, undefined] }) =>
      bucket === undefined || key === undefined
        ? []
        : [
            { action: "s3:GetObject", resource: s3Arn(`${bucket}/${key}`) },
            { action: "s3:ListBucket", resource: s3Arn(bucket), context: { "s3:prefix": key } },
          ],
  },
  {
    what: "the region of a bucket is looked up",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html",
    atStart: false,
    calls: ({ bucket, data = [bucket] }) =>
      each(
        ["s3:GetBucketLocation"],
        [bucket, data[0]].map((name) => s3Arn(name)),
      ),
  },
  {
    what: "SageMaker describes a job's KMS keys before it creates the job",
    source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html",
    atStart: true,
    calls: ({ keys: { objects, volumes } }) =>
      each(
        ["kms:DescribeKey"],
        [objects, volumes].flatMap((key) => key ?? []),
      ),
  },
  {
    what: "S3 encrypts and decrypts objects with a KMS key",
    source: `${roles}#sagemaker-roles-createtrainingjob-perms`,
    atStart: true,
    calls: ({ region, keys: { objects } }) =>
      objects === undefined
        ? []
        : each(["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"], [objects], {
            "kms:ViaService": `s3.${region}.amazonaws.com`,
          }),
  },
  {
    what: "an instance gets a grant on the KMS key of its volume",
    source: `${roles}#sagemaker-roles-createtrainingjob-perms`,
    atStart: true,
    calls: ({ keys: { volumes } }) =>
      volumes === undefined ? [] : each(["kms:CreateGrant"], [volumes], { "kms:GrantIsForAWSResource": "true" }),
  },
  {
    what: "jobs get network interfaces in their subnets",
    source: `${roles}#sagemaker-roles-createtrainingjob-perms`,
    atStart: true,
    calls: ({ account, region, subnets, securityGroups }) => {
      const arn = (resource: string) => `arn:aws:ec2:${region}:${account}:${resource}`;
      if (subnets.length === 0) return [];
      return [
        // A new network interface has no ec2:Subnet yet. EC2 checks the subnet as a second resource instead
        // (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html).
        ...each(
          ["ec2:CreateNetworkInterface"],
          [
            arn("network-interface/*"),
            ...subnets.map((id) => arn(`subnet/${id}`)),
            ...securityGroups.map((id) => arn(`security-group/${id}`)),
          ],
        ),
        ...subnets.flatMap((id) =>
          each(
            [
              "ec2:CreateNetworkInterfacePermission",
              "ec2:DeleteNetworkInterface",
              "ec2:DeleteNetworkInterfacePermission",
            ],
            [arn("network-interface/eni-0a")],
            { "ec2:Subnet": arn(`subnet/${id}`) },
          ),
        ),
        ...each(
          [
            "ec2:DescribeDhcpOptions",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcs",
          ],
          ["*"],
        ),
      ];
    },
  },
];
