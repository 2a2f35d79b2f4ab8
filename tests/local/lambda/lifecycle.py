"""Creates, changes, invokes and deletes Lambda functions with boto3. Prints what it saw as JSON."""

import base64
import io
import json
import zipfile

import boto3
from botocore.exceptions import ClientError

client = boto3.client("lambda")
ROLE = "arn:aws:iam::123456789012:role/function"


def archive(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, text in files.items():
            target.writestr(name.replace("__", "."), text)
    return buffer.getvalue()


def create(name, text, ending="py", **more):
    given = {"Runtime": "python3.12", "Handler": "index.handler", "Timeout": 30, **more}
    return client.create_function(
        FunctionName=name, Role=ROLE, Code={"ZipFile": archive(**{f"index__{ending}": text})}, **given
    )


def invoke(name, event=None, **more):
    answer = client.invoke(FunctionName=name, Payload=json.dumps(event).encode(), **more)
    return [answer["StatusCode"], answer.get("FunctionError"), json.loads(answer["Payload"].read() or b"null")]


def code_of(call):
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"]


seen = {}
made = create(
    "double",
    """
import os, boto3
def handler(event, context):
    print("doubling", event)
    buckets = [bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]]
    return {"twice": event["x"] * 2, "stage": os.environ["STAGE"], "name": context.function_name, "buckets": buckets,
            "left": context.get_remaining_time_in_millis() > 1000}
""",
    Environment={"Variables": {"STAGE": "test"}},
)
seen["arn"] = made["FunctionArn"]
client.get_waiter("function_active_v2").wait(FunctionName="double", WaiterConfig={"Delay": 1, "MaxAttempts": 2})
seen["double"] = invoke("double", {"x": 21})
tail = client.invoke(FunctionName=seen["arn"], Payload=b'{"x": 1}', LogType="Tail")["LogResult"]
seen["logged"] = "doubling {'x': 1}" in base64.b64decode(tail).decode()
seen["again"] = code_of(lambda: create("double", "pass"))
code = archive(index__py="def handler(event, context):\n    return 'new'\n")
client.update_function_code(FunctionName="double", ZipFile=code)
seen["updated"] = invoke("double", {})
create("broken", "def handler(event, context):\n    raise KeyError('model')\n")
seen["broken"] = invoke("broken", {})
create("slow", "import time\ndef handler(event, context):\n    time.sleep(60)\n", Timeout=1)
seen["slow"] = invoke("slow", {})[1:]
create("missing", "import no_such_module\n")
seen["missing"] = invoke("missing", {})
create("node", "export const handler = async (event, context) => ({ sum: event.a + event.b, by: context.functionName });", "mjs", Runtime="nodejs22.x")
seen["node"] = invoke("node", {"a": 1, "b": 2})
seen["listed"] = sorted(item["FunctionName"] for item in client.list_functions()["Functions"])
client.update_function_configuration(FunctionName="node", Timeout=5)
seen["timeout"] = client.get_function_configuration(FunctionName="node")["Timeout"]
client.delete_function(FunctionName="node")
seen["gone"] = code_of(lambda: client.get_function(FunctionName="node"))
streams = boto3.client("logs").describe_log_streams(logGroupName="/aws/lambda/broken")["logStreams"]
events = boto3.client("logs").get_log_events(logGroupName="/aws/lambda/broken", logStreamName=streams[0]["logStreamName"])
seen["log"] = any("KeyError: 'model'" in event["message"] for event in events["events"])
print(json.dumps(seen))
