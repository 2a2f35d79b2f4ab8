import { once } from "node:events";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { contents, escaped, unescaped } from "../../../local/wire/xml.ts";

const account = "123456789012";

/**
 * Makes a call of S3 Control as the Go SDK does. Its host name begins with the account and does not resolve, so the
 * call goes through the proxy in HTTP_PROXY, which is the endpoint.
 */
async function call(url: string, method: string, bucket: string, query = "", body = ""): Promise<string> {
  const { hostname, port } = new URL(url);
  const host = `${account}.${hostname}:${port}`;
  const resource = encodeURIComponent(`arn:aws:s3:::${bucket}`);
  const sent = request({
    ...{ hostname, port, method, path: `http://${host}/v20180820/tags/${resource}${query}` },
    headers: {
      ...{ host, "x-amz-account-id": account, "content-type": "application/xml" },
      authorization: `AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0`,
    },
  });
  sent.end(body);
  const [response] = await once(sent, "response");
  const answer = await text(response);
  if (response.statusCode >= 300) throw new Error(`${method} tags of ${bucket}: ${response.statusCode} ${answer}`);
  return answer;
}

export async function bucketTags(url: string, bucket: string): Promise<Record<string, string>> {
  const tags = contents(await call(url, "GET", bucket), "Tag");
  const member = (tag: string, name: string) => unescaped(contents(tag, name)[0] ?? "");
  return Object.fromEntries(tags.map((tag) => [member(tag, "Key"), member(tag, "Value")]));
}

export async function tagBucket(url: string, bucket: string, tags: Readonly<Record<string, string>>): Promise<void> {
  const list = Object.entries(tags).map(
    ([key, value]) => `<Tag><Key>${escaped(key)}</Key><Value>${escaped(value)}</Value></Tag>`,
  );
  const namespace = "http://awss3control.amazonaws.com/doc/2018-08-20/";
  const body = `<TagResourceRequest xmlns="${namespace}"><Tags>${list.join("")}</Tags></TagResourceRequest>`;
  await call(url, "POST", bucket, "", body);
}

export async function untagBucket(url: string, bucket: string, keys: readonly string[]): Promise<void> {
  const query = keys.map((key) => `tagKeys=${encodeURIComponent(key)}`).join("&");
  await call(url, "DELETE", bucket, `?${query}`);
}
