"""What is missing, there already or wrong, in AWS's own codes; with a part of the words where a source shows them."""

import unittest

import boto3
from botocore.exceptions import ClientError
from checked_client import client
from fixtures import ROLE, condition_step, create_pipeline, definition, fail_step, made, processing_step

NO_PIPELINE = "arn:aws:sagemaker:us-east-1:123456789012:pipeline/nothing"
NO_EXECUTION = f"{NO_PIPELINE}/execution/abcdefghijkl"
NO_PACKAGE = "arn:aws:sagemaker:us-east-1:123456789012:model-package/nothing/1"
TEXT = definition(fail_step("Only"))

# Operation, members, code, a part of the message.
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
    ("DescribeModel", {"ModelName": "nothing"}, "ValidationException", "Could not find model"),
    ("DeleteModel", {"ModelName": "nothing"}, "ValidationException", "Could not find model"),
    ("ListTags", {"ResourceArn": NO_PIPELINE}, "ValidationException", NO_PIPELINE),
    ("DeleteTags", {"ResourceArn": NO_PIPELINE, "TagKeys": ["a"]}, "ValidationException", NO_PIPELINE),
    ("AddTags", {"ResourceArn": NO_PIPELINE, "Tags": [{"Key": "a", "Value": ""}]}, "ValidationException", NO_PIPELINE),
]

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
    ("CreateModelPackage", {"ModelPackageName": "b"}, "do not work locally"),
    ("CreateModelPackage", {"ModelPackageGroupName": "a", "ModelApprovalStatus": "Yes"}, "enum value set: ["),
    ("CreateModel", {"ModelName": "model-older", "PrimaryContainer": {"Image": "i"}}, "already existing model"),
    ("CreateModel", {"ModelName": "other"}, "PrimaryContainer"),
    ("ListPipelines", {"SortBy": "Colour"}, "at 'sortBy' failed to satisfy constraint: Member must satisfy enum"),
    ("ListTags", {"ResourceArn": "no ARN"}, "at 'resourceArn' failed to satisfy constraint"),
    ("DescribePipeline", {"PipelineName": "a b"}, "at 'pipelineName' failed to satisfy constraint"),
    ("ListPipelineExecutionSteps", {}, "pipelineExecutionArn"),
]


class Errors(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        made()

    def refused(self, operation, members, code, words):
        with self.assertRaises(ClientError) as caught:
            client.call(operation, **members)
        answer = caught.exception.response
        self.assertEqual(answer["Error"]["Code"], code)
        self.assertIn(words, answer["Error"]["Message"])
        self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], 400)
        self.assertTrue(answer["ResponseMetadata"]["RequestId"])

    def test_what_is_missing(self):
        for operation, members, code, words in MISSING:
            with self.subTest(operation, **members):
                self.refused(operation, members, code, words)

    def test_what_is_wrong(self):
        for operation, members, words in WRONG:
            with self.subTest(operation, **members):
                self.refused(operation, members, "ValidationException", words)

    def test_every_operation_is_tried(self):
        tried = {operation for operation, *_ in [*MISSING, *WRONG]}
        # Lists of an account: nothing can be missing, and their sizes and tokens have tables of their own.
        lists = {name for name in client.operations if name.startswith("List")}
        self.assertEqual(client.operations - tried - lists, set())

    def test_what_is_in_the_way(self):
        execution = {"PipelineExecutionArn": made().execution}
        self.refused("StopPipelineExecution", execution, "ValidationException", "Only pipelines in 'Executing' status")
        self.refused("DeleteModelPackageGroup", {"ModelPackageGroupName": "group-older"}, "ConflictException", "group-older")
        create_pipeline("well", definition(condition_step("Only")))
        arn = client.start_pipeline_execution(PipelineName="well")["PipelineExecutionArn"]
        while client.describe_pipeline_execution(PipelineExecutionArn=arn)["PipelineExecutionStatus"] == "Executing":
            pass
        self.refused("RetryPipelineExecution", {"PipelineExecutionArn": arn}, "ValidationException", "'Succeeded'")

    def test_what_still_runs(self):
        create_pipeline("busy", definition(processing_step("Long", "import time; time.sleep(600)")))
        arn = client.start_pipeline_execution(PipelineName="busy")["PipelineExecutionArn"]
        self.refused("DeletePipeline", {"PipelineName": "busy"}, "ConflictException", arn)
        self.refused("RetryPipelineExecution", {"PipelineExecutionArn": arn}, "ValidationException", "'Executing'")
        client.stop_pipeline_execution(PipelineExecutionArn=arn)

    def test_operations_that_do_not_run_here(self):
        with self.assertRaises(ClientError) as caught:
            boto3.client("sagemaker").describe_endpoint(EndpointName="nothing")
        self.assertEqual(caught.exception.response["Error"]["Code"], "UnknownOperationException")
