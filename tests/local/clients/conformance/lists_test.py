"""Checks List operations with every filter and order of the API model, as a whole and in pages of one."""

import unittest

from botocore.exceptions import ClientError
from checked_client import client
from fixtures import made

# The required members of List requests, by operation.
OF = {
    "ListModelPackages": lambda: {"ModelPackageGroupName": "group-older"},
    "ListPipelineExecutions": lambda: {"PipelineName": "listed"},
    "ListPipelineExecutionSteps": lambda: {"PipelineExecutionArn": made().execution},
    "ListPipelineParametersForExecution": lambda: {"PipelineExecutionArn": made().execution},
    "ListPipelineVersions": lambda: {"PipelineName": "listed"},
    "ListTags": lambda: {"ResourceArn": made().pipeline},
}

# The default order of each operation in the API reference.
DEFAULT_ORDER = {
    "ListModelPackageGroups": "Ascending",
    "ListModels": "Descending",
    "ListModelPackages": "Ascending",
    "ListPipelineExecutions": "Descending",
    "ListPipelines": "Descending",
    "ListProcessingJobs": "Ascending",
    "ListTrainingJobs": "Ascending",
    "ListTransformJobs": "Descending",
}


def lists():
    """Returns the names of the List operations of what the endpoint keeps."""
    names = client.operations - client.empty
    return [name for name in client.model.operation_names if name in names and name.startswith("List")]


def items_member(operation):
    return next(name for name in client.model.operation_model(operation).output_shape.members if name != "NextToken")


def members(operation):
    return client.model.operation_model(operation).input_shape.members


def ask(operation, **more):
    return client.call(operation, **OF.get(operation, dict)(), **more)[items_member(operation)]


def page_of(operation, **more):
    """Returns a page of the minimum size in the API model, which is one for all lists but ListTags."""
    size = members(operation)["MaxResults"].metadata["min"]
    page = client.call(operation, **OF.get(operation, dict)(), **more, MaxResults=size)
    assert len(page[items_member(operation)]) <= size
    return page


def pages(operation, **more):
    """Returns all items, which it reads in pages of the minimum size."""
    token, items = {}, []
    for _ in range(100):
        page = page_of(operation, **more, **token)
        items += page[items_member(operation)]
        if "NextToken" not in page:
            return items
        token = {"NextToken": page["NextToken"]}
    raise AssertionError(f"the pages of {operation} do not end")


def find(item, *words):
    """Returns the first member of a summary whose name ends with one of the words."""
    return next((item[name] for word in words for name in item if name.endswith(word)), None)


def name_of(item):
    return find(item, "PipelineName", "JobName", "GroupName", "ModelName")


def created(item):
    return find(item, "CreationTime", "StartTime")


KEYS = {
    "Name": name_of,
    "CreationTime": created,
    "Status": lambda item: find(item, "JobStatus"),
    "PipelineExecutionArn": lambda item: item["PipelineExecutionArn"],
}


def at(time):
    return time.timestamp()


# For each filter, a value and the condition for the items that match it.
FILTERS = {
    "NameContains": lambda: ("older", lambda item: "older" in name_of(item)),
    "PipelineNamePrefix": lambda: ("jobs", lambda item: name_of(item).startswith("jobs")),
    "CreatedAfter": lambda: (made().between, lambda item: at(created(item)) >= made().between),
    "CreatedBefore": lambda: (made().between, lambda item: at(created(item)) <= made().between),
    "CreationTimeAfter": lambda: (made().between, lambda item: at(created(item)) >= made().between),
    "CreationTimeBefore": lambda: (made().between, lambda item: at(created(item)) <= made().between),
    "LastModifiedTimeAfter": lambda: (made().between, lambda item: at(item["LastModifiedTime"]) >= made().between),
    "LastModifiedTimeBefore": lambda: (made().between, lambda item: at(item["LastModifiedTime"]) <= made().between),
    "StatusEquals": lambda: ("Failed", lambda item: find(item, "JobStatus") == "Failed"),
    "ModelApprovalStatus": lambda: ("Rejected", lambda item: item["ModelApprovalStatus"] == "Rejected"),
    "PipelineVersionAlias": lambda: ("first", lambda item: item.get("PipelineVersionAliases") == ["first"]),
}

# Filters that all local items match, or none, because of features that the endpoint does not have.
ALL_OR_NONE = [
    ("ListPipelines", {"ManagedBy": "CUSTOMER"}, True),
    ("ListPipelines", {"ManagedBy": "AWS"}, False),
    ("ListModelPackageGroups", {"CrossAccountFilterOption": "SameAccount"}, True),
    ("ListModelPackageGroups", {"CrossAccountFilterOption": "CrossAccount"}, False),
    ("ListModelPackages", {"ModelPackageType": "Versioned"}, True),
    ("ListModelPackages", {"ModelPackageType": "Both"}, True),
    ("ListTrainingJobs", {"WarmPoolStatusEquals": "InUse"}, False),
    (
        "ListTrainingJobs",
        {"TrainingPlanArnEquals": "arn:aws:sagemaker:us-east-1:123456789012:training-plan/plan"},
        False,
    ),
    # NameContains compares the group's name, which all packages of a group share.
    ("ListModelPackages", {"NameContains": "older"}, True),
    ("ListModelPackages", {"NameContains": "newer"}, False),
]

# Members of List requests that are not filters.
NO_FILTERS = {
    "MaxResults",
    "ModelPackageGroupName",
    "NextToken",
    "PipelineExecutionArn",
    "PipelineName",
    "ResourceArn",
    "SortBy",
    "SortOrder",
}


class Lists(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        made()

    def test_pages_of_one_are_the_whole_list(self):
        for operation in lists():
            with self.subTest(operation):
                whole = ask(operation)
                self.assertGreaterEqual(len(whole), 2)
                self.assertEqual(pages(operation), whole)

    def test_paginators_of_boto3(self):
        for operation in lists():
            method = {api: name for name, api in client.meta.method_to_api_mapping.items()}[operation]
            with self.subTest(operation):
                paginator = client.get_paginator(method)
                size = members(operation)["MaxResults"].metadata["min"]
                pages_of_boto3 = paginator.paginate(**OF.get(operation, dict)(), PaginationConfig={"PageSize": size})
                self.assertEqual(pages_of_boto3.build_full_result()[items_member(operation)], ask(operation))

    def test_lists_of_what_is_not_kept(self):
        for operation in client.empty:
            with self.subTest(operation):
                self.assertEqual(ask(operation), [])

    def test_orders(self):
        for operation in lists():
            shapes = members(operation)
            if "SortOrder" not in shapes:
                continue
            for by in shapes["SortBy"].enum if "SortBy" in shapes else [None]:
                for order in shapes["SortOrder"].enum:
                    with self.subTest(operation, by=by, order=order):
                        asked = {"SortOrder": order, **({} if by is None else {"SortBy": by})}
                        items = ask(operation, **asked)
                        values = [KEYS[by or "CreationTime"](item) for item in items]
                        self.assertEqual(values, sorted(values, reverse=order == "Descending"))
                        self.assertEqual(pages(operation, **asked), items)

    def test_default_orders(self):
        for operation, order in DEFAULT_ORDER.items():
            with self.subTest(operation):
                self.assertEqual(ask(operation), ask(operation, SortOrder=order))

    def test_filters(self):
        for operation in lists():
            whole = ask(operation)
            for name in members(operation).keys() & FILTERS.keys():
                if any(operation == other and name in asked for other, asked, _ in ALL_OR_NONE):
                    continue
                with self.subTest(operation, filter=name):
                    value, passes = FILTERS[name]()
                    wanted = [item for item in whole if passes(item)]
                    self.assertTrue(0 < len(wanted) < len(whole), f"{len(wanted)} of {len(whole)} tells nothing")
                    self.assertEqual(ask(operation, **{name: value}), wanted)
                    self.assertEqual(pages(operation, **{name: value}), wanted)

    def test_filters_that_match_all_or_no_items(self):
        for operation, asked, passes in ALL_OR_NONE:
            with self.subTest(operation, **asked):
                self.assertEqual(ask(operation, **asked), ask(operation) if passes else [])

    def test_every_filter_of_the_model_is_tested(self):
        tried = {(operation, name) for operation, asked, _ in ALL_OR_NONE for name in asked}
        for operation in lists():
            rest = members(operation).keys() - FILTERS.keys() - NO_FILTERS
            self.assertEqual({name for name in rest if (operation, name) not in tried}, set(), operation)

    def test_tokens_of_other_lists(self):
        tokens = {operation: page_of(operation).get("NextToken") for operation in lists()}
        for operation in lists():
            for other, token in tokens.items():
                if other == operation or token is None:
                    continue
                with self.subTest(operation, token=other):
                    with self.assertRaises(ClientError) as caught:
                        ask(operation, NextToken=token)
                    self.assertEqual(caught.exception.response["Error"]["Code"], "ValidationException")

    def test_invalid_page_sizes_and_tokens(self):
        for operation in lists():
            for more in ({"MaxResults": 101}, {"NextToken": "nonsense"}, {"NextToken": "!"}):
                with self.subTest(operation, **more):
                    with self.assertRaises(ClientError) as caught:
                        ask(operation, **more)
                    self.assertEqual(caught.exception.response["Error"]["Code"], "ValidationException")
