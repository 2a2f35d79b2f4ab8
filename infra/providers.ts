import { Provider as AwsProvider, type ProviderArgs as AwsProviderArgs } from "@pulumi/aws/provider.js";
import { Provider as NativeProvider, type ProviderArgs } from "@pulumi/aws-native/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { isSecretKey } from "./configuration/secret-keys.ts";

/** Tells whether an address is the local endpoint's: plain HTTP on this machine. */
function isLocal(endpoint: string | undefined): boolean {
  return /^http:\/\/127\.\d+\.\d+\.\d+(?::\d+)?\/?$/.test(endpoint ?? "");
}

/** Settings of the `aws` provider that are always texts. Pulumi stores the others as JSON. */
const texts: ReadonlySet<string> = new Set([
  ...["accessKey", "secretKey", "token", "profile", "retryMode", "httpProxy", "httpsProxy", "noProxy", "stsRegion"],
  ...["customCaBundle", "ec2MetadataServiceEndpoint", "ec2MetadataServiceEndpointMode", "s3UsEast1RegionalEndpoint"],
  "tagPolicyCompliance",
]);

/** Settings of the `aws` provider that the program sets itself, so that it stays in the stack's region and account. */
const own: ReadonlySet<string> = new Set([
  ...["region", "allowedAccountIds", "forbiddenAccountIds"],
  ...["skipCredentialsValidation", "skipRequestingAccountId"],
]);

/** Reads the `aws:` settings of the stack's configuration, which Pulumi applies only to its default provider. */
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
 * Returns the two providers of a stack's resources. Both accept credentials of the stack's account only. `pulumi destroy`
 * and `pulumi refresh` do not run the program, but use these providers from the state. Pulumi's default providers would
 * accept another account's credentials there, and treat all resources as deleted.
 * Source: https://www.pulumi.com/docs/iac/operations/stack-management/run-program/
 *
 * The providers compare the account only if they validate the credentials. `aws-native` does not do so by default.
 * Source: https://www.pulumi.com/registry/packages/aws-native/installation-configuration/
 *
 * The `aws-native` provider gets the region, the profile and the keys of the `aws:` settings, because its own default region
 * is `AWS_REGION`, which can differ.
 *
 * The `aws` provider uses a local endpoint as its HTTP proxy. It reads the tags of buckets through S3 Control, and the SDK
 * prefixes the endpoint's host with the account. With the proxy, that host name is never resolved. The state keeps only the
 * name of the variable with the endpoint's address, because the endpoint can have another port at its next start.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListTagsForResource.html (the host prefix),
 * https://github.com/pulumi/pulumi/pull/21572 (the state of `envVarMappings`)
 *
 * @param account the account of the stack
 * @param aws the configuration of the `aws` provider
 * @param endpoint the value of `AWS_ENDPOINT_URL`
 */
export function stackProviders(
  account: string,
  region: string,
  aws: pulumi.Config,
  endpoint: string | undefined,
): pulumi.ProviderResource[] {
  const settings = configured(aws);
  const shared = {
    region: region as ProviderArgs["region"],
    allowedAccountIds: [account],
    skipCredentialsValidation: false,
  };
  const credentials = Object.fromEntries(
    ["profile", "accessKey", "secretKey", "token"].flatMap((name) =>
      name in settings ? [[name, settings[name]]] : [],
    ),
  );
  const proxy = isLocal(endpoint) ? { envVarMappings: { AWS_ENDPOINT_URL: "HTTP_PROXY" } } : {};
  return [
    new NativeProvider("aws-native", { ...credentials, ...shared } as ProviderArgs),
    new AwsProvider("aws", { ...settings, ...shared } as AwsProviderArgs, proxy),
  ];
}
