/** An answer of Cloud Control. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Sends a request without the SDK, because the SDK does not send some of the invalid requests. */
export async function callCloudControl(
  url: string,
  operation: string,
  input: object | string,
  { region = "us-east-1", target = `CloudApiService.${operation}` } = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": target,
      authorization: `AWS4-HMAC-SHA256 Credential=test/20261122/${region}/cloudcontrolapi/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: typeof input === "string" ? input : JSON.stringify(input),
  });
  return { status: response.status, body: (await response.json()) as Answer["body"] };
}
