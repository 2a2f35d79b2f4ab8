"""Creates, describes, updates and deletes every kind of resource, and compares the members with the requests."""

import json
import unittest
from datetime import datetime

import boto3
from botocore.exceptions import WaiterError
from checked_client import client
from fixtures import (
    BUCKET,
    IMAGE,
    ROLE,
    condition_step,
    create_model,
    create_pipeline,
    definition,
    fail_step,
    job_name,
    made,
    package,
    processing_step,
    run,
    training_step,
    transform,
)

TEXT = definition(condition_step("One"), fail_step("Two"))


def waiter_name(kind):
    """Returns a job kind's name in boto3's waiters: `processing_job` for `ProcessingJob`."""
    return kind.removesuffix("Job").lower() + "_job"


def picked(answer, members):
    return {name: answer.get(name) for name in members}


class Lifecycles(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        made()

    def test_pipeline(self):
        given = {
            "PipelineName": "Whole-Pipeline",
            "PipelineDisplayName": "Whole",
            "PipelineDescription": "with everything",
            "RoleArn": ROLE,
            "ParallelismConfiguration": {"MaxParallelExecutionSteps": 3},
        }
        arn = client.create_pipeline(
            **given, PipelineDefinition=TEXT, Tags=[{"Key": "a", "Value": "b"}], PipelineVersionAliases=["live"]
        )["PipelineArn"]
        self.assertEqual(arn, "arn:aws:sagemaker:us-east-1:123456789012:pipeline/Whole-Pipeline")
        self.assertEqual(client.list_tags(ResourceArn=arn)["Tags"], [{"Key": "a", "Value": "b"}])
        read = client.describe_pipeline(PipelineName=arn)
        self.assertEqual(picked(read, given), given)
        self.assertEqual(read["PipelineDefinition"], TEXT)
        self.assertEqual((read["PipelineStatus"], read["PipelineVersionAliases"]), ("Active", ["live"]))
        self.assertIsInstance(read["CreationTime"], datetime)
        self.assertNotIn("LastRunTime", read)

        changed = {"PipelineDisplayName": "Other", "PipelineDescription": "changed", "RoleArn": ROLE + "2"}
        boto3.client("s3").put_object(Bucket=BUCKET, Key="definition.json", Body=definition(fail_step("Only")))
        updated = client.update_pipeline(
            PipelineName="Whole-Pipeline",
            PipelineDefinitionS3Location={"Bucket": BUCKET, "ObjectKey": "definition.json"},
            PipelineVersionAliases=["next"],
            ParallelismConfiguration={"MaxParallelExecutionSteps": 1},
            **changed,
        )
        self.assertEqual((updated["PipelineArn"], updated["PipelineVersionId"]), (arn, 2))
        read = client.describe_pipeline(PipelineName="Whole-Pipeline")
        self.assertEqual(picked(read, changed), changed)
        self.assertEqual(json.loads(read["PipelineDefinition"])["Steps"][0]["Name"], "Only")
        self.assertGreaterEqual(read["LastModifiedTime"], read["CreationTime"])
        for choice in ({"PipelineVersionId": 1}, {"PipelineVersionAlias": "live"}):
            version = client.describe_pipeline(PipelineName=arn, **choice)
            self.assertEqual(version["PipelineDefinition"], TEXT)
            self.assertEqual(version["PipelineVersionAliases"], ["live"])

        client.update_pipeline_version(
            PipelineArn=arn,
            PipelineVersionId=1,
            PipelineVersionDisplayName="the-first",
            PipelineVersionDescription="kept",
            PipelineVersionAliasOperations={"Add": ["old"], "Remove": ["live"]},
        )
        first = client.list_pipeline_versions(PipelineName=arn, SortOrder="Ascending")["PipelineVersionSummaries"][0]
        first.pop("CreationTime")
        self.assertEqual(
            first,
            {
                "PipelineArn": arn,
                "PipelineVersionId": 1,
                "PipelineVersionDisplayName": "the-first",
                "PipelineVersionDescription": "kept",
                "PipelineVersionAliases": ["old"],
            },
        )
        self.assertEqual(client.delete_pipeline(PipelineName="Whole-Pipeline")["PipelineArn"], arn)

    def test_execution(self):
        create_pipeline("executed", definition(condition_step("One"), fail_step("Two", "no")))
        given = {"PipelineExecutionDisplayName": "by-hand", "PipelineExecutionDescription": "tried"}
        token = "t" * 32
        arn = run("executed", **given, ClientRequestToken=token, ParallelismConfiguration={"MaxParallelExecutionSteps": 2})
        again = client.start_pipeline_execution(PipelineName="executed", ClientRequestToken=token)
        self.assertEqual(again["PipelineExecutionArn"], arn)
        read = client.describe_pipeline_execution(PipelineExecutionArn=arn)
        self.assertEqual(picked(read, given), given)
        self.assertEqual(read["PipelineExecutionStatus"], "Failed")
        self.assertEqual(read["ParallelismConfiguration"], {"MaxParallelExecutionSteps": 2})
        self.assertIn("FailureReason", read)
        steps = client.list_pipeline_execution_steps(PipelineExecutionArn=arn, SortOrder="Ascending")
        two = next(step for step in steps["PipelineExecutionSteps"] if step["StepName"] == "Two")
        self.assertEqual((two["StepStatus"], two["Metadata"]), ("Failed", {"Fail": {"ErrorMessage": "no"}}))

        client.update_pipeline_execution(
            PipelineExecutionArn=arn, PipelineExecutionDisplayName="renamed", PipelineExecutionDescription="told"
        )
        summary = client.list_pipeline_executions(PipelineName="executed")["PipelineExecutionSummaries"][0]
        self.assertEqual(summary["PipelineExecutionDisplayName"], "renamed")
        self.assertEqual(summary["PipelineExecutionDescription"], "told")
        self.assertEqual(client.retry_pipeline_execution(PipelineExecutionArn=arn)["PipelineExecutionArn"], arn)
        text = client.describe_pipeline_definition_for_execution(PipelineExecutionArn=arn)["PipelineDefinition"]
        self.assertEqual(text, client.describe_pipeline(PipelineName="executed")["PipelineDefinition"])
        self.assertIn("LastRunTime", client.describe_pipeline(PipelineName="executed"))

    def test_selected_steps(self):
        create_pipeline("selected", definition(condition_step("One"), condition_step("Two", ["One"])))
        source = run("selected")
        config = {"SourcePipelineExecutionArn": source, "SelectedSteps": [{"StepName": "Two"}]}
        arn = run("selected", SelectiveExecutionConfig=config)
        read = client.describe_pipeline_execution(PipelineExecutionArn=arn)
        self.assertEqual(read["SelectiveExecutionConfig"], config)
        steps = client.list_pipeline_execution_steps(PipelineExecutionArn=arn)["PipelineExecutionSteps"]
        self.assertEqual({step["StepStatus"] for step in steps}, {"Succeeded"})

    def test_stopped_execution_and_its_job(self):
        create_pipeline("stopped", definition(processing_step("Long", "import time; time.sleep(600)")))
        arn = client.start_pipeline_execution(PipelineName="stopped")["PipelineExecutionArn"]
        self.assertEqual(client.stop_pipeline_execution(PipelineExecutionArn=arn)["PipelineExecutionArn"], arn)
        status = None
        while status != "Stopped":
            status = client.describe_pipeline_execution(PipelineExecutionArn=arn)["PipelineExecutionStatus"]
            self.assertIn(status, ("Executing", "Stopping", "Stopped"))

    def test_jobs(self):
        kinds = [("jobs", "Process", "ProcessingJob"), ("jobs", "Train", "TrainingJob"), ("transform", "Score", "TransformJob")]
        for word, status in (("older", "Completed"), ("newer", "Failed")):
            for pipeline, step, kind in kinds:
                with self.subTest(kind, status=status):
                    executions = client.list_pipeline_executions(PipelineName=f"{pipeline}-{word}")
                    execution = executions["PipelineExecutionSummaries"][0]["PipelineExecutionArn"]
                    name = {f"{kind}Name": job_name(execution, f"{step}-{word}", kind)}
                    job = client.call(f"Describe{kind}", **name)
                    self.assertEqual(job[f"{kind}Arn"].split("/")[-1], name[f"{kind}Name"])
                    self.assertEqual(job[f"{kind}Status"], status)
                    self.assertEqual("FailureReason" in job, status == "Failed")
                    waiter = client.get_waiter(f"{waiter_name(kind)}_completed_or_stopped")
                    if status == "Completed":
                        waiter.wait(**name, WaiterConfig={"Delay": 0, "MaxAttempts": 1})
                    else:
                        with self.assertRaisesRegex(WaiterError, "Failed"):
                            waiter.wait(**name, WaiterConfig={"Delay": 0, "MaxAttempts": 1})

    def test_transform_job(self):
        given = {**transform("Whole-Job", "model-older"), "BatchStrategy": "SingleRecord", "Environment": {"A": "b"}}
        arn = client.create_transform_job(**given, Tags=[{"Key": "a", "Value": "b"}])["TransformJobArn"]
        self.assertEqual(arn, "arn:aws:sagemaker:us-east-1:123456789012:transform-job/Whole-Job")
        client.stop_transform_job(TransformJobName="Whole-Job")
        client.get_waiter("transform_job_completed_or_stopped").wait(
            TransformJobName="Whole-Job", WaiterConfig={"Delay": 1, "MaxAttempts": 60}
        )
        read = client.describe_transform_job(TransformJobName="Whole-Job")
        self.assertEqual((read["TransformJobStatus"], read["TransformJobArn"]), ("Stopped", arn))
        self.assertEqual(picked(read, given), given)
        self.assertEqual(client.list_tags(ResourceArn=arn)["Tags"], [{"Key": "a", "Value": "b"}])

    def test_own_jobs(self):
        steps = [
            ("ProcessingJob", "processing-job", processing_step("Own", "import time; time.sleep(600)")),
            ("TrainingJob", "training-job", training_step("Own", {"num_round": "2"})),
        ]
        for kind, resource, step in steps:
            with self.subTest(kind):
                name = {f"{kind}Name": f"Own-{kind}"}
                given = {**name, **step["Arguments"], "Environment": {"A": "b"}}
                arn = client.call(f"Create{kind}", **given, Tags=[{"Key": "a", "Value": "b"}])[f"{kind}Arn"]
                self.assertEqual(arn, f"arn:aws:sagemaker:us-east-1:123456789012:{resource}/Own-{kind}")
                client.call(f"Stop{kind}", **name)
                waiter = client.get_waiter(f"{waiter_name(kind)}_completed_or_stopped")
                waiter.wait(**name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
                read = client.call(f"Describe{kind}", **name)
                self.assertEqual((read[f"{kind}Status"], read[f"{kind}Arn"]), ("Stopped", arn))
                self.assertEqual(picked(read, given), given)
                self.assertEqual(client.list_tags(ResourceArn=arn)["Tags"], [{"Key": "a", "Value": "b"}])

    def test_model(self):
        arn = create_model("served", f"s3://{BUCKET}/model.tar.gz")
        self.assertEqual(arn, "arn:aws:sagemaker:us-east-1:123456789012:model/served")
        read = client.describe_model(ModelName="served")
        self.assertEqual((read["ModelArn"], read["ExecutionRoleArn"]), (arn, ROLE))
        self.assertEqual(read["PrimaryContainer"]["ModelDataUrl"], f"s3://{BUCKET}/model.tar.gz")
        client.delete_model(ModelName="served")
        self.assertNotIn("served", [model["ModelName"] for model in client.list_models()["Models"]])

    def test_model_package(self):
        group = client.create_model_package_group(
            ModelPackageGroupName="Registered", ModelPackageGroupDescription="models", Tags=[{"Key": "x", "Value": ""}]
        )["ModelPackageGroupArn"]
        read = client.describe_model_package_group(ModelPackageGroupName="Registered")
        self.assertEqual(read["ModelPackageGroupArn"], group)
        self.assertEqual(read["ModelPackageGroupDescription"], "models")
        self.assertEqual(client.list_tags(ResourceArn=group)["Tags"], [{"Key": "x", "Value": ""}])

        arn = package("Registered", "PendingManualApproval")
        self.assertEqual(arn, "arn:aws:sagemaker:us-east-1:123456789012:model-package/Registered/1")
        changes = {
            "ModelApprovalStatus": "Approved",
            "ApprovalDescription": "good",
            "CustomerMetadataProperties": {"kept": "1", "gone": "2"},
            "SourceUri": "s3://somewhere/else",
        }
        client.update_model_package(ModelPackageArn=arn, **changes)
        client.update_model_package(ModelPackageArn=arn, CustomerMetadataPropertiesToRemove=["gone"])
        specification = {"Name": "small", "Containers": [{"Image": IMAGE}]}
        client.update_model_package(ModelPackageArn=arn, AdditionalInferenceSpecificationsToAdd=[specification])
        for name in (arn, "Registered/1", client.describe_model_package(ModelPackageName=arn)["ModelPackageName"]):
            read = client.describe_model_package(ModelPackageName=name)
            self.assertEqual(picked(read, changes), {**changes, "CustomerMetadataProperties": {"kept": "1"}})
            self.assertEqual((read["ModelPackageVersion"], read["ModelPackageStatus"]), (1, "Completed"))
            self.assertEqual(read["AdditionalInferenceSpecifications"], [specification])
            self.assertNotIn("ClientToken", read)

        token = "same-request"
        twice = [
            client.create_model_package(ModelPackageGroupName="Registered", ClientToken=token)["ModelPackageArn"]
            for _ in range(2)
        ]
        self.assertEqual(twice, [arn[:-1] + "2"] * 2)
        for each in {arn, *twice}:
            client.delete_model_package(ModelPackageName=each)
        client.delete_model_package_group(ModelPackageGroupName="Registered")

    def test_search(self):
        filters = [{"Name": "PipelineExecutionStatus", "Operator": "Equals", "Value": "Failed"}]
        listed = client.list_pipeline_executions(PipelineName="listed")["PipelineExecutionSummaries"]
        # Every resource type that the API model knows is answered in the shape of that model, or rejected.
        for resource in client.model.shape_for("ResourceType").enum:
            if resource not in ("Model", "PipelineVersion"):
                client.search(Resource=resource)
        hits = client.search(Resource="PipelineExecution", SearchExpression={"Filters": filters})["Results"]
        arns = {hit["PipelineExecution"]["PipelineExecutionArn"] for hit in hits}
        failed = {each["PipelineExecutionArn"] for each in listed if each["PipelineExecutionStatus"] == "Failed"}
        self.assertTrue(failed and failed <= arns)

    def test_tags(self):
        arn = create_pipeline("tagged", TEXT)
        self.assertEqual(client.list_tags(ResourceArn=arn)["Tags"], [])
        client.add_tags(ResourceArn=arn, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}])
        answer = client.add_tags(ResourceArn=arn, Tags=[{"Key": "a", "Value": "3"}])
        self.assertEqual({tag["Key"]: tag["Value"] for tag in answer["Tags"]}, {"a": "3", "b": "2"})
        client.delete_tags(ResourceArn=arn, TagKeys=["b", "nothing"])
        self.assertEqual(client.list_tags(ResourceArn=arn)["Tags"], [{"Key": "a", "Value": "3"}])
