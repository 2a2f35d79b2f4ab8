import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { jobEnvironment } from "../../../../local/jobs/process/job-environment.ts";
import { JobFolder } from "../../../../local/jobs/process/job-folder.ts";
import { type OwnRoot, ownRoot } from "../../../../local/jobs/process/own-root.ts";
import { type ProcessEnd, runProcess } from "../../../../local/jobs/process/run-process.ts";
import { WarmPythons } from "../../../../local/jobs/warm/warm-pythons.ts";
import { ProcessRegistry } from "../../../../local/state/process-registry.ts";
import { localFolders } from "../../../../scripts/local-stack/folders.ts";
import { temporaryFolder } from "../../local-aws.ts";
import { pythons } from "../../pythons.ts";

export interface Script {
  readonly text: string;
  /** Files beside the script. */
  readonly files?: { readonly [path: string]: string | Uint8Array };
  readonly command?: (script: string) => readonly string[];
  readonly environment?: { readonly [name: string]: string };
  readonly signal?: AbortSignal;
  readonly onLine?: (line: string) => void;
}

export interface Ran {
  readonly end: ProcessEnd;
  readonly lines: readonly string[];
  /** The job's own files. */
  readonly folder: JobFolder;
}

/** Runs jobs without an endpoint, either in a new Python or from a prepared process. */
export class BothWays {
  readonly root: string;
  readonly registry: ProcessRegistry;
  readonly warm: WarmPythons;
  /** The reasons why jobs were not run from the prepared process. */
  readonly refused: string[] = [];
  readonly image: { readonly python: string; readonly bin: string };
  readonly ownRoot: OwnRoot | undefined;
  #count = 0;

  constructor(root: string, python: string, own: OwnRoot | undefined, patienceMilliseconds = 20_000) {
    this.root = root;
    this.image = { python, bin: dirname(python) };
    this.ownRoot = own;
    this.registry = new ProcessRegistry(join(root, "processes"));
    this.warm = new WarmPythons(this.registry, {
      refused: (reason) => this.refused.push(reason),
      patienceMilliseconds,
    });
  }

  static async make(options: { python?: string; namespace?: boolean; patience?: number } = {}): Promise<BothWays> {
    const python = options.python ?? (await pythons()).xgboost;
    const used = { python, bin: dirname(python) };
    const own = options.namespace === false ? undefined : await ownRoot(used, localFolders.python);
    return new BothWays(await temporaryFolder(), python, own, options.patience);
  }

  /** Returns the output and the end of a script, without the names of its folder. */
  async result(way: "cold" | "warm", script: Script): Promise<{ end: ProcessEnd; lines: readonly string[] }> {
    const { end, lines, folder } = await this.run(way, script);
    return { end, lines: lines.map((line) => line.replaceAll(dirname(folder.path), "<job>")) };
  }

  async close(): Promise<void> {
    this.warm.close();
    await rm(this.root, { recursive: true, force: true });
  }

  async run(way: "cold" | "warm", script: Script): Promise<Ran> {
    this.#count++;
    const folder = new JobFolder(this.root, `${this.#count}`, this.ownRoot);
    const path = "/opt/ml/processing/input/code/script.py";
    for (const [name, text] of Object.entries<string | Uint8Array>({ "script.py": script.text, ...script.files })) {
      const file = folder.local(join(dirname(path), name));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    const command = script.command?.(path) ?? ["python3", path];
    const place = folder.place(command, this.image);
    const environment = jobEnvironment({
      bin: this.image.bin,
      isContained: folder.isMounted,
      endpoint: "http://127.0.0.1:1",
      region: "us-east-1",
      credentials: { accessKeyId: "A", secretAccessKey: "s", sessionToken: "t" },
      own: folder.environment(script.environment ?? {}),
    });
    const lines: string[] = [];
    const request = { ...place, environment };
    const end = await runProcess({
      command: folder.command(place),
      folder: folder.workFolder(),
      environment,
      onLines(printed) {
        lines.push(...printed);
        for (const line of printed) script.onLine?.(line);
      },
      signal: script.signal ?? new AbortController().signal,
      registry: this.registry,
      ...(way === "cold"
        ? {}
        : { prepared: (signal, began) => this.warm.start(this.image, request, { signal, began }) }),
    });
    return { end, lines, folder };
  }
}
