"""A SageMaker client that validates every answer with botocore's API model."""

import json

import boto3
from botocore.validate import ParamValidator

# Errors that every operation can answer. The API model does not list them for each operation.
# Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/CommonErrors.html
COMMON_ERRORS = {"ValidationException", "SerializationException"}


def answer_problems(shape, answer):
    """Returns the problems of an answer's JSON: unknown and missing members, wrong types and unknown enum values."""
    report = ParamValidator().validate(answer, shape)
    return ([report.generate_report()] if report.has_errors() else []) + list(outside_enums(shape, answer, shape.name))


def outside_enums(shape, value, path):
    if shape.type_name == "structure":
        for name in value.keys() & shape.members.keys():
            yield from outside_enums(shape.members[name], value[name], f"{path}.{name}")
    elif shape.type_name == "list":
        for item in value:
            yield from outside_enums(shape.member, item, f"{path}[]")
    elif shape.type_name == "map":
        for item in value.values():
            yield from outside_enums(shape.value, item, f"{path}{{}}")
    elif shape.type_name == "string" and shape.enum and value not in shape.enum:
        yield f"{path} is {value}, which is not in {shape.enum}"


class CheckedClient:
    """A wrapper of boto3's client. `called` contains the names of the operations that succeeded."""

    def __init__(self):
        self.called = set()
        self._client = boto3.client("sagemaker")
        self.model = self._client.meta.service_model
        self._client.meta.events.register("response-received.sagemaker", self._check)

    def __getattr__(self, name):
        return getattr(self._client, name)

    def call(self, operation, **members):
        """Calls an operation by its name in the API."""
        methods = {api: method for method, api in self._client.meta.method_to_api_mapping.items()}
        return getattr(self._client, methods[operation])(**members)

    def _check(self, event_name, response_dict, parsed_response, **_):
        operation = self.model.operation_model(event_name.split(".")[-1])
        if response_dict["status_code"] == 200:
            self.called.add(operation.name)
            body = response_dict["body"]
            if operation.output_shape is None:
                assert body in (b"", b"{}"), f"{operation.name} has no answer, got {body}"
                return
            problems = answer_problems(operation.output_shape, json.loads(body))
            assert problems == [], f"{operation.name}: {problems}"
        else:
            code = parsed_response["Error"]["Code"]
            declared = {shape.error_code for shape in operation.error_shapes} | COMMON_ERRORS
            assert code in declared, f"{operation.name} answers {code}, which is not in {declared}"


client = CheckedClient()
