/** The variables that a child process gets from this process. They contain no AWS settings and no secrets. */
const kept = ["HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "LD_LIBRARY_PATH", "SSL_CERT_FILE"];
/** The variables with which pip reaches its package index, for jobs that install requirements. */
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

/** Returns an environment without the user's AWS profile, credentials, tokens and Python settings. */
export function plainEnvironment(): Environment {
  const environment: Environment = { PATH: process.env["PATH"] ?? "/usr/bin:/bin" };
  for (const name of [...kept, ...ofPip]) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}

/** Matches variables that refer to a real account: AWS's own, and those of the SageMaker project template. */
const ofAccounts = /^(AWS_|SAGEMAKER_|ARTIFACT_BUCKET$)/;

/**
 * Returns the environment of a process that must only use the local endpoint. It is `base` without all variables of
 * real accounts (profiles, keys, endpoints, roles, projects), and with the endpoint's URL and credentials that are
 * invalid on AWS.
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
