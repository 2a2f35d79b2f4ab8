import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { GeneratedModel, ServiceModel } from "../../service-model/service-model.ts";
import { type BotocoreModel, reducedModel } from "./reduced-model.ts";
import { type WantedService, wantedServices } from "./wanted-services.ts";

/** Returns the folder with the packages of a Python environment. */
export async function sitePackagesOf(environment: string): Promise<string> {
  const libraries = join(environment, "lib");
  const [version = ""] = (await readdir(libraries)).filter((name) => name.startsWith("python3"));
  return join(libraries, version, "site-packages");
}

/** Reads botocore's model of a service, and keeps only the wanted operations and their shapes. */
export async function modelOf(packages: string, wanted: WantedService): Promise<ServiceModel> {
  const { name, apiVersion } = wanted;
  const file = join(packages, "botocore", "data", name, apiVersion, "service-2.json.gz");
  const model: BotocoreModel = JSON.parse((await promisify(gunzip)(await readFile(file))).toString());
  return reducedModel(model, wanted);
}

/**
 * Makes the service model from botocore's files.
 *
 * @param environment the folder of a Python environment with botocore, such as moto's
 * @param before the present model, whose date stays if nothing else changes
 * @param today such as `2026-11-30`
 * @throws Error if botocore is not installed, or does not have a wanted operation
 */
export async function generateModel(
  environment: string,
  before: GeneratedModel | undefined,
  today: string,
): Promise<GeneratedModel> {
  const packages = await sitePackagesOf(environment);
  const models = await Promise.all(wantedServices.map((wanted) => modelOf(packages, wanted)));
  const operations = Object.assign({}, ...models.map((model) => model.operations));
  const shapes = Object.assign({}, ...models.map((model) => model.shapes));
  const names = await readdir(packages);
  const botocore = names.flatMap((name) => /^botocore-(.+)\.dist-info$/.exec(name)?.[1] ?? [])[0] ?? "unknown";
  const made = { botocore, operations, shapes };
  const isSame = JSON.stringify({ ...before, date: undefined }) === JSON.stringify({ ...made, date: undefined });
  return { ...made, date: isSame && before !== undefined ? before.date : today };
}

/** Writes the model as JSON with one operation or shape per line, so that a renewal shows as a difference of shapes. */
export function modelText({ botocore, date, operations, shapes }: GeneratedModel): string {
  const lines = (record: object) =>
    Object.entries(record)
      .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
      .join(",\n");
  return `{"botocore":"${botocore}","date":"${date}","operations":{\n${lines(operations)}\n},"shapes":{\n${lines(shapes)}\n}}\n`;
}
