import { createHash } from "node:crypto";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { DescribeModelPackageOutput } from "@aws-sdk/client-sagemaker";
import { Parser } from "tar";
import { present } from "../../aws/present.ts";
import { s3Address } from "../../aws/s3-address.ts";

/** What is at the place of a model: the content that was evaluated, another one, or nothing. */
export type ModelContent = "same" | "other" | "gone";

/** The places of the model data of a package: one for each container that names a file. */
export function modelUrls(described: DescribeModelPackageOutput | undefined): readonly string[] {
  return (described?.InferenceSpecification?.Containers ?? []).flatMap(({ ModelDataUrl }) => ModelDataUrl ?? []);
}

/**
 * Models are gzip or plain archives. How much smaller they are than what is in them is no matter, as nothing of it is kept.
 */
const archiveOptions = { brotli: false, zstd: false, maxDecompressionRatio: Number.POSITIVE_INFINITY };

/** SHA-256 of each file of an archive, told while it is written to. What is no archive has none, which is no error here. */
class ArchiveDigests {
  /** By the names of the files, without their folders. */
  readonly digests = new Map<string, Set<string>>();
  readonly #parser: Parser;
  /** Whether the parser can take more; nothing more comes of it when it is over, by its end or an error. */
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

  /** Does something with the parser, whose events, also of an error, may come before it returns. */
  #do(work: () => unknown): void {
    try {
      work();
    } catch {
      this.#become("over");
    }
  }

  /** Until the parser is in another state. */
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
 * Whether a content has a hash, or a file in it has, where it is an archive: each file of that name, since nobody knows which
 * of several is loaded. It is read once, and nothing of it is kept.
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
 * Whether the model at a place on S3 is the one of a hash: the object itself, or a file of its archive, as `model.sha256` of
 * an evaluation names it. The object is streamed, so that its size is a matter of time, not of memory.
 *
 * @param sha256 64 hexadecimal digits
 * @throws ExitError (6) if AWS cannot be asked
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
