"""Builds a chain of processing steps, and prints the seconds without imports. The argument is their number."""

import logging
import sys
import time

import boto3
from sagemaker.processing import ProcessingInput, ProcessingOutput, Processor
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.pipeline_context import PipelineSession
from sagemaker.workflow.steps import ProcessingStep

logging.disable(logging.WARNING)
began = time.perf_counter()
credentials = {"aws_access_key_id": "none", "aws_secret_access_key": "none"}
session = PipelineSession(boto_session=boto3.Session(region_name="us-east-1", **credentials))
session._default_bucket = "bucket"  # otherwise the SDK asks S3 whether the bucket exists
processor = Processor(
    role="arn:aws:iam::111122223333:role/training-execution",
    image_uri="111122223333.dkr.ecr.us-east-1.amazonaws.com/custom:1",
    instance_count=1,
    instance_type="ml.m5.large",
    sagemaker_session=session,
)
steps = []
source = "s3://bucket/in"
for number in range(int(sys.argv[1])):
    step = ProcessingStep(
        f"Step{number}",
        step_args=processor.run(
            inputs=[ProcessingInput(source=source, destination="/opt/ml/processing/input/in", input_name="in")],
            outputs=[
                ProcessingOutput(
                    output_name="out", source="/opt/ml/processing/out", destination=f"s3://bucket/out/{number}"
                )
            ],
        ),
    )
    source = step.properties.ProcessingOutputConfig.Outputs["out"].S3Output.S3Uri
    steps.append(step)
definition = Pipeline("many", steps=steps, sagemaker_session=session).definition()
print(time.perf_counter() - began, len(definition))
