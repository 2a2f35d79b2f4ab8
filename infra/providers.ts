import { Provider as AwsProvider } from "@pulumi/aws/provider.js";
import { Provider as NativeProvider, type ProviderArgs } from "@pulumi/aws-native/provider.js";
import type * as pulumi from "@pulumi/pulumi";

/** Whether an address is one of this machine: the local endpoint's, which speaks HTTP. */
function isLocal(endpoint: string | undefined): endpoint is string {
  return /^http:\/\/127\.\d+\.\d+\.\d+(?::\d+)?\/?$/.test(endpoint ?? "");
}

/**
 * The providers of a stack.
 *
 * That of `aws-native` has the region, the profile and the keys that the stack's configuration gives to `aws`: its own region would be
 * `AWS_REGION`, and so another one where that differs. That of `aws` is Pulumi's default one, configured by the stack, but
 * against the local endpoint: the provider reads the tags of buckets through S3 Control, and the SDK puts the account before
 * the endpoint's address, a name that nothing resolves. With the endpoint as its proxy nobody has to.
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
  const credentials = {
    ...given("profile", aws.get("profile")),
    ...given("accessKey", aws.getSecret("accessKey")),
    ...given("secretKey", aws.getSecret("secretKey")),
    ...given("token", aws.getSecret("token")),
  };
  const native = new NativeProvider("aws-native", {
    region: region as ProviderArgs["region"],
    // Also for what runs no program and so checks no configuration, such as `pulumi destroy`.
    allowedAccountIds: [account],
    ...credentials,
  });
  if (!isLocal(endpoint)) return [native];
  return [
    native,
    new AwsProvider("aws", { region: region as ProviderArgs["region"], httpProxy: endpoint, ...credentials }),
  ];
}

/** `{ [name]: value }`, or nothing for no value. */
function given<Name extends string, T>(name: Name, value: T | undefined): { readonly [Key in Name]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]?: T });
}
