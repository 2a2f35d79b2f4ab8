/** The layers of the endpoint, bottom first. Each layer may import those before it. */
const endpointLayers = [
  "local/wire",
  "local/state",
  "local/moto",
  "local/s3",
  "local/iam",
  "local/logs",
  "local/jobs",
  "local/engine",
  "local/api",
  "local/cloud-control",
  "local/faults",
  "local/deploy",
  "local",
];

const facts = ["language", "service-model"];
const local = ["stack-outputs.ts", ...facts];
const check = ["pipelines", "aws", "exit-code.ts", "stack-outputs.ts", ...facts];

/**
 * The parts of the repository that each part may import, besides itself. A part is a top-level file, or a folder with its
 * subfolders except those listed separately. `pipelines/*` stands for each pipeline's own folder.
 */
export const layers: Readonly<Record<string, readonly string[]>> = {
  "index.ts": ["infra", "pipelines", "stack-outputs.ts", ...facts],
  infra: ["pipelines", "stack-outputs.ts", ...facts],
  pipelines: facts,
  "pipelines/*": ["pipelines", ...facts],
  templates: ["pipelines", ...facts],
  language: ["service-model"],
  "service-model": [],
  "stack-outputs.ts": [],
  "exit-code.ts": [],
  github: ["exit-code.ts"],
  aws: ["exit-code.ts", ...facts],
  check,
  scripts: ["check", "github", ...check, ...endpointLayers],
  policy: [],
  ...Object.fromEntries(endpointLayers.map((layer, index) => [layer, [...endpointLayers.slice(0, index), ...local]])),
};

/** Parts that may import everything, because the product does not import them. */
export const unlimited: readonly string[] = ["bench", "docs", "tests"];

/** The parts that may import Pulumi. The others work on plain values, so that no Output gets into a definition or a report. */
export const withPulumi: readonly string[] = ["index.ts", "infra", "policy", "local/deploy", ...unlimited];
