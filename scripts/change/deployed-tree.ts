import { join } from "node:path";
import { DescribePipelineCommand } from "@aws-sdk/client-sagemaker";
import { awsClients } from "../../aws/clients.ts";
import { aws } from "../../aws/error.ts";
import { deploy } from "../../local/deploy/deploy.ts";
import { type StackOutputs, stackOutputsSchema } from "../../stack-outputs.ts";
import type { DeployedStack } from "../local-stack/execution-options.ts";
import { parseOutputs } from "../stack/read-outputs.ts";
import { catalogOf, type SourceTree } from "./base-tree.ts";

/** The endpoint that a tree is deployed to. */
export interface TreeTarget {
  readonly url: string;
  readonly stateFile: string;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

/** A source tree's stack on the endpoint. */
export interface DeployedTree extends DeployedStack {
  readonly tree: SourceTree;
  /** The definition of each pipeline, by folder. */
  readonly definitions: Readonly<Record<string, string>>;
}

/**
 * Reads the outputs that a training needs. The rest, such as the roles of workflows, does not matter here and may have another
 * form in an older tree. The check always approves, because the base's model has to become the baseline.
 */
function trainingOutputs(outputs: Readonly<Record<string, unknown>>): StackOutputs {
  const known = Object.entries(outputs).filter(([key]) => key in stackOutputsSchema.shape);
  const unused = { failureTopicArn: null, githubRoleArns: null, github: null, sagemakerProject: null };
  const own = { ...Object.fromEntries(known), ...unused, approveModels: true };
  return parseOutputs(JSON.stringify(own));
}

/**
 * Deploys a tree's `index.ts` with its `Pulumi.local.yaml`. The tree's own code declares the stack: its pipelines, language,
 * infrastructure and local deploy, which belong together and to its node modules. Everything that trains and judges is head's:
 * the endpoint, the Pythons and the gate, so that both models are measured in the same way.
 *
 * @throws LocalError ("deploy") if the program fails; ExitError (2) if its outputs have another form
 */
export async function deployTree(tree: SourceTree, target: TreeTarget): Promise<DeployedTree> {
  const { url, stateFile, signal, print } = target;
  const { folder } = tree;
  const deployer = join(folder, "local", "deploy", "program.ts");
  const outputs = trainingOutputs(
    (await deploy({ ...{ folder, stack: "local", stateFile, url, deployer }, signal })).outputs,
  );
  const folders = Object.keys(outputs.pipelines);
  print(`Deployed ${tree.name} ${tree.origin.commit?.slice(0, 10) ?? ""}: ${folders.join(", ") || "no pipelines"}`);
  const clients = awsClients(outputs.region);
  const definitions = await Promise.all(
    Object.entries(outputs.pipelines).map(async ([name, { name: PipelineName }]) => {
      const request = new DescribePipelineCommand({ PipelineName });
      const described = await aws(`Reading ${PipelineName}`, () => clients.sagemaker.send(request));
      return [name, described.PipelineDefinition ?? ""] as const;
    }),
  );
  return {
    ...{ tree, outputs, clients, origin: tree.origin, definitions: Object.fromEntries(definitions) },
    catalog: await catalogOf(tree),
  };
}
