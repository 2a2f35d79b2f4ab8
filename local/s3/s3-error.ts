import { randomUUID } from "node:crypto";
import { escaped } from "../wire/xml.ts";

/** An error that S3 would answer, with S3's own code, words and status. */
export class S3Error extends Error {
  override readonly name = "S3Error";
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const noSuchBucket = () => new S3Error("NoSuchBucket", "The specified bucket does not exist", 404);

export const malformedXml = () =>
  new S3Error(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );

/** Renders an error as the body of S3's answer. Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export function errorXml({ code, message }: S3Error, bucket: string): string {
  const members = { Code: code, Message: message, BucketName: bucket, RequestId: randomUUID() };
  const xml = Object.entries(members).map(([name, text]) => `<${name}>${escaped(text)}</${name}>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${xml.join("")}</Error>`;
}
