/** What a child process needs of this one's environment; none of its AWS settings or secrets. */
const kept = ["HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "LD_LIBRARY_PATH", "SSL_CERT_FILE"];
/** How pip reaches its index from here, for a job that installs its requirements. */
const ofPip = [
  "PIP_INDEX_URL",
  "PIP_EXTRA_INDEX_URL",
  "PIP_FIND_LINKS",
  "PIP_CERT",
  "PIP_CONFIG_FILE",
  "HTTPS_PROXY",
  "https_proxy",
  "NO_PROXY",
  "no_proxy",
];

export type Environment = { [name: string]: string };

/** An environment without the user's profile, credentials, tokens and Python settings. */
export function plainEnvironment(): Environment {
  const environment: Environment = { PATH: process.env["PATH"] ?? "/usr/bin:/bin" };
  for (const name of [...kept, ...ofPip]) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}

/** Names of variables that mean something in a real account: AWS's own, and those of the template for a SageMaker project. */
const ofAccounts = /^(AWS_|SAGEMAKER_|ARTIFACT_BUCKET$)/;

/**
 * The environment of a process that talks to the local endpoint and to nothing else: `base` without anything that
 * names real AWS (profiles, keys, endpoints, roles, projects), with the endpoint's address and credentials that open nothing.
 */
export function clientEnvironment(url: string, region: string, base: NodeJS.ProcessEnv): Environment {
  const others = Object.entries(base).flatMap(([name, value]) =>
    value === undefined || ofAccounts.test(name) ? [] : [[name, value] as const],
  );
  return {
    ...Object.fromEntries(others),
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    // Without these the SDKs look for a profile in the home folder and for instance metadata on the network.
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}
