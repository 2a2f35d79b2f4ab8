import { createHash } from "node:crypto";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { DescribeModelPackageOutput } from "@aws-sdk/client-sagemaker";
import { Parser } from "tar";
import { present } from "../../aws/present.ts";
import { s3Address } from "../../aws/s3-address.ts";

/** The state of a model on S3: the evaluated content, other content, or no object. */
export type ModelContent = "same" | "other" | "gone";

/** Returns the URIs of a package's model data, one for each container that has any. */
export function modelUrls(described: DescribeModelPackageOutput | undefined): readonly string[] {
  return (described?.InferenceSpecification?.Containers ?? []).flatMap(({ ModelDataUrl }) => ModelDataUrl ?? []);
}

/** The parser's options. Models are gzip or plain archives. The compression ratio is unlimited, because no content is kept. */
const archiveOptions = { brotli: false, zstd: false, maxDecompressionRatio: Number.POSITIVE_INFINITY };

/** Computes the SHA-256 of each file of an archive that is written to it. Content that is not an archive has no files. */
class ArchiveDigests {
  /** The digests by file name, without the folder. */
  readonly digests = new Map<string, Set<string>>();
  readonly #parser: Parser;
  /** Whether the parser can take more data; `over` after its end or an error. */
  #state: "ready" | "full" | "over" = "ready";
  #wake = () => {};

  constructor() {
    this.#parser = new Parser({
      ...archiveOptions,
      onReadEntry: (entry) => {
        const hash = createHash("sha256");
        entry.on("data", (chunk: Buffer) => hash.update(chunk));
        const name = basename(entry.path);
        const digests = this.digests.get(name) ?? new Set();
        this.digests.set(name, digests);
        entry.on("end", () => digests.add(hash.digest("hex")));
      },
    });
    this.#parser.on("drain", () => this.#become("ready"));
    this.#parser.on("end", () => this.#become("over"));
    this.#parser.on("error", () => this.#become("over"));
  }

  #isOver(): boolean {
    return this.#state === "over";
  }

  #become(state: "ready" | "over"): void {
    if (!this.#isOver()) this.#state = state;
    this.#wake();
  }

  /** Calls the parser. Its events, including errors, may fire before the call returns. */
  #do(work: () => unknown): void {
    try {
      work();
    } catch {
      this.#become("over");
    }
  }

  /** Waits until the parser's state changes. */
  async #changed(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  async write(chunk: Buffer): Promise<void> {
    if (this.#isOver()) return;
    this.#state = "full";
    this.#do(() => {
      if (this.#parser.write(chunk)) this.#become("ready");
    });
    if (this.#state === "full") await this.#changed();
  }

  async end(): Promise<void> {
    if (this.#isOver()) return;
    this.#do(() => this.#parser.end());
    while (!this.#isOver()) await this.#changed();
  }
}

/**
 * Tells whether a content has the given hash, or contains files that have it. If an archive has several files of the model's name,
 * all of them must match, because any of them may be loaded. Streams the content without keeping it.
 */
async function hasContent(content: Readable, sha256: string): Promise<boolean> {
  const whole = createHash("sha256");
  const archive = new ArchiveDigests();
  for await (const chunk of content as AsyncIterable<Buffer>) {
    whole.update(chunk);
    await archive.write(chunk);
  }
  await archive.end();
  if (whole.digest("hex") === sha256) return true;
  return [...archive.digests.values()].some((digests) => digests.size === 1 && digests.has(sha256));
}

/**
 * Compares the model at an S3 URI with the hash in an evaluation's `model.sha256`. The object itself or a file of its archive
 * may have the hash. Streams the object, so that its size does not matter for memory.
 *
 * @param sha256 64 hexadecimal digits
 * @throws ExitError (6) if an AWS call fails
 */
export async function modelContent(s3: S3Client, uri: string, sha256: string): Promise<ModelContent> {
  const address = s3Address(uri);
  if (address === undefined) return "gone";
  const isSame = await present(uri, async () => {
    const { Body } = await s3.send(new GetObjectCommand(address));
    return Body instanceof Readable ? hasContent(Body, sha256) : undefined;
  });
  if (isSame === undefined) return "gone";
  return isSame ? "same" : "other";
}
