import { prelude } from "../definitions.ts";

/** A script that makes the requests in `asked` and reports their answers. */
export const requests = `${prelude}
import boto3
from botocore.exceptions import ClientError
answers = {}
for name, service, operation, parameters in json.loads(asked):
    if "Body" in parameters:
        parameters["Body"] = b"x" * parameters["Body"]
    try:
        answer = getattr(boto3.client(service), operation)(**parameters)
        answers[name] = ["allowed", str(answer["ResponseMetadata"]["HTTPStatusCode"])]
        if answer.get("Deleted") or answer.get("Errors"):
            deleted = " ".join(one["Key"] for one in answer.get("Deleted", []))
            answers[name] = [deleted, " ".join(f"{one['Key']}: {one['Code']}: {one['Message']}" for one in answer.get("Errors", []))]
    except ClientError as error:
        answers[name] = [error.response["Error"]["Code"], error.response["Error"]["Message"]]
report(answers=answers)
`;
