import { s3Arn } from "../../service-model/arn.ts";
import { isJob, type JobKind, type JobKindName, jobKinds, logGroup } from "../../service-model/job-kinds.ts";
import type { CallContext, IamCall } from "./recorded-call.ts";

/** What jobs use, as far as the service itself uses it in the role's name. */
export interface UsedByJobs {
  readonly account: string;
  readonly region: string;
  /** What runs with the role. */
  readonly kinds: readonly JobKindName[];
  /** The name of the one job that it is about; that of some job of a pipeline where there is none. */
  readonly name?: string;
  readonly bucket: string;
  /** Below which its pipeline keeps everything. */
  readonly prefix: string;
  /** Of the images, as ECR names them in ARNs: `<account>:repository/<name>`. */
  readonly repositories: readonly string[];
  /** Keys of objects and of volumes. */
  readonly keys: { readonly objects?: string; readonly volumes?: string };
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  /** What a parameter's default names outside of the prefix: bucket and key. */
  readonly data?: readonly [bucket: string, key: string];
}

export interface ServiceCalls {
  readonly what: string;
  readonly source: string;
  /** Whether every job needs it before its container runs; the others only some jobs need, or at another time. */
  readonly atStart: boolean;
  readonly calls: (used: UsedByJobs) => readonly IamCall[];
  /** What SageMaker says first of a job that may not make them. */
  readonly refused?: string;
}

const roles = "https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html";
const someJob = "pipelines-abc123def456-x";

/** Each action on each resource, with one context. */
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
 * What AWS does with the execution role for jobs and endpoints, and no laptop does. Each row says where AWS
 * documents it: "Execution Role Permissions" of each job's operation, unless it is another page.
 */
export const serviceCalls: readonly ServiceCalls[] = [
  {
    what: "images are pulled",
    source: `${roles}#sagemaker-roles-createtrainingjob-perms`,
    atStart: true,
    // The words: https://github.com/aws/sagemaker-python-sdk/issues/57
    refused: "Cannot pull algorithm container. Either the image does not exist or its permissions are incorrect.",
    calls: ({ region, repositories }) => [
      ...each(["ecr:GetAuthorizationToken"], ["*"]),
      ...each(
        ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        repositories.map((repository) => `arn:aws:ecr:${region}:${repository}`),
      ),
    ],
  },
  {
    what: "jobs and endpoints log and measure",
    source: roles,
    atStart: true,
    calls: (used) => used.kinds.flatMap((kind) => logCalls(used, jobKinds[kind])),
  },
  {
    what: "an upload of many parts is given up",
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
    what: "data elsewhere is read, where a parameter's default names it",
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
    what: "objects are encrypted and decrypted with a key, by S3",
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
    what: "the key of a volume is granted to the machine that has it",
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
        // An interface that is being made has no ec2:Subnet yet: EC2 asks for its subnet beside it
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
