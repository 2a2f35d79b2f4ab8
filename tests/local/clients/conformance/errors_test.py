"""Checks the codes and messages of errors for missing, existing and invalid resources."""

import unittest

import boto3
from botocore.exceptions import ClientError
from checked_client import client
from fixtures import ROLE, condition_step, create_pipeline, definition, fail_step, made, processing_step, training_step, transform

NO_PIPELINE = "arn:aws:sagemaker:us-east-1:123456789012:pipeline/nothing"
NO_EXECUTION = f"{NO_PIPELINE}/execution/abcdefghijkl"
NO_PACKAGE = "arn:aws:sagemaker:us-east-1:123456789012:model-package/nothing/1"
TEXT = definition(fail_step("Only"))

# The operation, the request's members, the error's code, and a part of its message.
MISSING = [
    ("DescribePipeline", {"PipelineName": "nothing"}, "ResourceNotFound", "does not exist"),
    ("DescribePipeline", {"PipelineName": "listed", "PipelineVersionId": 9}, "ResourceNotFound", "9"),
    ("DescribePipeline", {"PipelineName": "listed", "PipelineVersionAlias": "no"}, "ResourceNotFound", "no"),
    ("UpdatePipeline", {"PipelineName": "nothing", "PipelineDefinition": TEXT}, "ResourceNotFound", "does not exist"),
    ("UpdatePipelineVersion", {"PipelineArn": NO_PIPELINE, "PipelineVersionId": 1}, "ResourceNotFound", "nothing"),
    ("DeletePipeline", {"PipelineName": "nothing"}, "ResourceNotFound", "does not exist"),
    ("StartPipelineExecution", {"PipelineName": "nothing"}, "ResourceNotFound", "does not exist"),
    ("ListPipelineExecutions", {"PipelineName": "nothing"}, "ResourceNotFound", "does not exist"),
    ("ListPipelineVersions", {"PipelineName": "nothing"}, "ResourceNotFound", "does not exist"),
    *(
        (operation, {"PipelineExecutionArn": NO_EXECUTION}, "ResourceNotFound", f"'{NO_EXECUTION}' does not exist")
        for operation in (
            "DescribePipelineExecution",
            "DescribePipelineDefinitionForExecution",
            "ListPipelineExecutionSteps",
            "ListPipelineParametersForExecution",
            "StopPipelineExecution",
            "RetryPipelineExecution",
            "UpdatePipelineExecution",
        )
    ),
    *(
        (operation, {"ModelPackageGroupName": "nothing"}, "ValidationException", "model-package-group/nothing does not exist")
        for operation in (
            "CreateModelPackage",
            "DeleteModelPackageGroup",
            "DescribeModelPackageGroup",
            "ListModelPackages",
        )
    ),
    *(
        (operation, {member: NO_PACKAGE}, "ValidationException", f"ModelPackage {NO_PACKAGE} does not exist.")
        for operation, member in (
            ("DescribeModelPackage", "ModelPackageName"),
            ("DeleteModelPackage", "ModelPackageName"),
            ("UpdateModelPackage", "ModelPackageArn"),
        )
    ),
    ("DescribeModelPackage", {"ModelPackageName": "group-older"}, "ValidationException", "model-package/group-older does"),
    ("DescribeTrainingJob", {"TrainingJobName": "nothing"}, "ValidationException", "Requested resource not found."),
    ("DescribeProcessingJob", {"ProcessingJobName": "nothing"}, "ValidationException", "Could not find requested job"),
    ("DescribeTransformJob", {"TransformJobName": "nothing"}, "ValidationException", "Could not find requested job"),
    ("StopProcessingJob", {"ProcessingJobName": "nothing"}, "ValidationException", "Could not find job to update with name"),
    ("StopTrainingJob", {"TrainingJobName": "nothing"}, "ValidationException", "Could not find job to update with name"),
    ("StopTransformJob", {"TransformJobName": "nothing"}, "ValidationException", "Could not find job to update with name"),
    ("DescribeModel", {"ModelName": "nothing"}, "ValidationException", "Could not find model"),
    ("DeleteModel", {"ModelName": "nothing"}, "ValidationException", "Could not find model"),
    ("ListTags", {"ResourceArn": NO_PIPELINE}, "ValidationException", NO_PIPELINE),
    ("DeleteTags", {"ResourceArn": NO_PIPELINE, "TagKeys": ["a"]}, "ValidationException", NO_PIPELINE),
    ("AddTags", {"ResourceArn": NO_PIPELINE, "Tags": [{"Key": "a", "Value": ""}]}, "ValidationException", NO_PIPELINE),
]

PROCESSING = {"ProcessingJobName": "wrong", **processing_step("Wrong", "pass")["Arguments"]}
TRAINING = {"TrainingJobName": "wrong", **training_step("Wrong", {})["Arguments"]}
PIPELINE = {"PipelineName": "wrong", "RoleArn": ROLE, "PipelineDefinition": TEXT}

WRONG = [
    ("CreatePipeline", {**PIPELINE, "PipelineName": "listed"}, "with name (listed) already exists"),
    ("CreatePipeline", {**PIPELINE, "PipelineName": "-a"}, "at 'pipelineName' failed to satisfy constraint"),
    ("CreatePipeline", {**PIPELINE, "RoleArn": "no role, but long enough"}, "at 'roleArn' failed to satisfy constraint"),
    ("CreatePipeline", {**PIPELINE, "PipelineDefinition": "{"}, "Unable to parse pipeline definition"),
    ("CreatePipeline", {"PipelineName": "wrong", "RoleArn": ROLE}, "pipelineDefinition"),
    ("UpdatePipeline", {"PipelineName": "listed", "PipelineDefinition": "{}"}, "pipeline definition"),
    ("StartPipelineExecution", {"PipelineName": "listed", "PipelineParameters": [{"Name": "Z", "Value": "1"}]}, "Z"),
    ("StartPipelineExecution", {"PipelineName": "listed", "RoleArn": ROLE}, "RoleArn"),
    ("StartPipelineExecution", {"PipelineName": "listed", "MlflowExperimentName": "e"}, "MlflowExperimentName"),
    (
        "StartPipelineExecution",
        {"PipelineName": "listed", "PipelineVersionId": 1, "PipelineVersionAlias": "first"},
        "PipelineVersionAlias",
    ),
    (
        "StartPipelineExecution",
        {"PipelineName": "listed", "SelectiveExecutionConfig": {"SelectedSteps": [{"StepName": "Other"}]}},
        "Other",
    ),
    ("CreateModelPackageGroup", {"ModelPackageGroupName": "group-older"}, "Model Package Group already exists: arn:"),
    ("CreateModelPackageGroup", {"ModelPackageGroupName": "a_b"}, "failed to satisfy constraint"),
    ("CreateModelPackage", {}, "Missing ARN."),
    ("CreateModelPackage", {"ModelPackageGroupName": "a", "ModelPackageName": "b"}, "Cannot determine which one to use."),
    ("CreateModelPackage", {"ModelPackageName": "alone"}, "model-package/alone already exists"),
    ("CreateModelPackage", {"ModelPackageGroupName": "a", "ModelApprovalStatus": "Yes"}, "enum value set: ["),
    ("CreateModel", {"ModelName": "model-older", "PrimaryContainer": {"Image": "i"}}, "already existing model"),
    ("CreateModel", {"ModelName": "other"}, "PrimaryContainer"),
    ("CreateTransformJob", transform("other", "nothing"), "Could not find model"),
    ("CreateTransformJob", {**transform("other", "model-older"), "BatchStrategy": "All"}, "batchStrategy"),
    ("CreateProcessingJob", {**PROCESSING, "RoleArn": "nobody-at-all-of-this-account"}, "roleArn"),
    ("CreateTrainingJob", {**TRAINING, "RoleArn": "nobody-at-all-of-this-account"}, "roleArn"),
    ("Search", {"Resource": "TrainingJob", "SearchExpression": {}}, "at least one filter"),
    ("Search", {"Resource": "Colour"}, "at 'resource' failed to satisfy constraint"),
    ("ListPipelines", {"SortBy": "Colour"}, "at 'sortBy' failed to satisfy constraint: Member must satisfy enum"),
    ("ListTags", {"ResourceArn": "no ARN"}, "at 'resourceArn' failed to satisfy constraint"),
    ("DescribePipeline", {"PipelineName": "a b"}, "at 'pipelineName' failed to satisfy constraint"),
    ("ListPipelineExecutionSteps", {}, "pipelineExecutionArn"),
]


class Errors(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        made()

    def assert_rejected(self, operation, members, code, words):
        with self.assertRaises(ClientError) as caught:
            client.call(operation, **members)
        answer = caught.exception.response
        self.assertEqual(answer["Error"]["Code"], code)
        self.assertIn(words, answer["Error"]["Message"])
        self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], 400)
        self.assertTrue(answer["ResponseMetadata"]["RequestId"])

    def test_missing_resources(self):
        for operation, members, code, words in MISSING:
            with self.subTest(operation, **members):
                self.assert_rejected(operation, members, code, words)

    def test_invalid_requests(self):
        for operation, members, words in WRONG:
            with self.subTest(operation, **members):
                self.assert_rejected(operation, members, "ValidationException", words)

    def test_every_operation_is_tried(self):
        tried = {operation for operation, *_ in [*MISSING, *WRONG]}
        # Leaves out List operations, because lists_test.py checks their errors.
        lists = {name for name in client.operations if name.startswith("List")}
        self.assertEqual(client.operations - tried - lists, set())

    def test_conflicts(self):
        execution = {"PipelineExecutionArn": made().execution}
        self.assert_rejected("StopPipelineExecution", execution, "ValidationException", "Only pipelines in 'Executing' status")
        self.assert_rejected("DeleteModelPackageGroup", {"ModelPackageGroupName": "group-older"}, "ConflictException", "group-older")
        create_pipeline("well", definition(condition_step("Only")))
        arn = client.start_pipeline_execution(PipelineName="well")["PipelineExecutionArn"]
        while client.describe_pipeline_execution(PipelineExecutionArn=arn)["PipelineExecutionStatus"] == "Executing":
            pass
        self.assert_rejected("RetryPipelineExecution", {"PipelineExecutionArn": arn}, "ValidationException", "'Succeeded'")

    def test_running_execution(self):
        create_pipeline("busy", definition(processing_step("Long", "import time; time.sleep(600)")))
        arn = client.start_pipeline_execution(PipelineName="busy")["PipelineExecutionArn"]
        self.assert_rejected("DeletePipeline", {"PipelineName": "busy"}, "ConflictException", arn)
        self.assert_rejected("RetryPipelineExecution", {"PipelineExecutionArn": arn}, "ValidationException", "'Executing'")
        client.stop_pipeline_execution(PipelineExecutionArn=arn)

    def test_operation_that_does_not_work_locally(self):
        with self.assertRaises(ClientError) as caught:
            boto3.client("sagemaker").describe_endpoint(EndpointName="nothing")
        self.assertEqual(caught.exception.response["Error"]["Code"], "UnknownOperationException")
