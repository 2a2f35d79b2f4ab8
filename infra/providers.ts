import { Provider as AwsProvider, type ProviderArgs as AwsProviderArgs } from "@pulumi/aws/provider.js";
import { Provider as NativeProvider, type ProviderArgs } from "@pulumi/aws-native/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { isSecretKey } from "./configuration/secret-keys.ts";

/** Whether an address is one of this machine: the local endpoint's, which speaks HTTP. */
function isLocal(endpoint: string | undefined): endpoint is string {
  return /^http:\/\/127\.\d+\.\d+\.\d+(?::\d+)?\/?$/.test(endpoint ?? "");
}

/** Settings of `aws` that are texts, whatever they look like; the others are JSON. */
const texts: ReadonlySet<string> = new Set([
  ...["accessKey", "secretKey", "token", "profile", "retryMode", "httpProxy", "httpsProxy", "noProxy", "stsRegion"],
  ...["customCaBundle", "ec2MetadataServiceEndpoint", "ec2MetadataServiceEndpointMode", "s3UsEast1RegionalEndpoint"],
  "tagPolicyCompliance",
]);

/** Settings of `aws` that the program gives its providers itself: the region, and the stack's own account. */
const own: ReadonlySet<string> = new Set(["region", "allowedAccountIds", "forbiddenAccountIds"]);

/** What a stack's configuration gives to `aws`. Pulumi itself gives it to its default provider alone. */
function configured(aws: pulumi.Config): Readonly<Record<string, unknown>> {
  const set = Object.entries(pulumi.runtime.allConfig()).filter(([key, text]) => /^aws:\w+$/.test(key) && text !== "");
  const names = set.map(([key]) => key.slice("aws:".length)).filter((name) => !own.has(name));
  const value = (name: string) => {
    if (isSecretKey(`aws:${name}`)) return texts.has(name) ? aws.getSecret(name) : aws.getSecretObject(name);
    return texts.has(name) ? aws.get(name) : aws.getObject(name);
  };
  return Object.fromEntries(names.map((name) => [name, value(name)]));
}

/**
 * The providers of a stack, for all of its resources. Both take credentials of the stack's account alone. `pulumi destroy` and
 * `pulumi refresh` run no program; they use the providers that are in the state, as they were given here, whereas Pulumi's
 * default ones are given what the stack's file says, and would take what another account does not have for gone.
 * Source: https://www.pulumi.com/docs/iac/operations/stack-management/run-program/
 *
 * That of `aws-native` has the region, the profile and the keys that the stack's configuration gives to `aws`: its own region would be
 * `AWS_REGION`, and so another one where that differs. That of `aws` has the local endpoint as its proxy, against that: it
 * reads the tags of buckets through S3 Control, and the SDK puts the account before the endpoint's address, a name that
 * nothing resolves. With a proxy nobody has to.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListTagsForResource.html (the host prefix)
 *
 * @param account the stack's
 * @param aws the configuration of that provider
 * @param endpoint the value of `AWS_ENDPOINT_URL`
 */
export function stackProviders(
  account: string,
  region: string,
  aws: pulumi.Config,
  endpoint: string | undefined,
): pulumi.ProviderResource[] {
  const settings = configured(aws);
  const shared = { region: region as ProviderArgs["region"], allowedAccountIds: [account] };
  const credentials = Object.fromEntries(
    ["profile", "accessKey", "secretKey", "token"].flatMap((name) =>
      name in settings ? [[name, settings[name]]] : [],
    ),
  );
  const proxy = isLocal(endpoint) ? { httpProxy: endpoint } : {};
  return [
    new NativeProvider("aws-native", { ...credentials, ...shared } as ProviderArgs),
    new AwsProvider("aws", { ...settings, ...shared, ...proxy } as AwsProviderArgs),
  ];
}
