import assert from "node:assert/strict";
import { appendFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { DescribeLogStreamsCommand, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { filterLogEvents } from "../../../local/logs/filter-log-events.ts";
import { JobLogStore } from "../../../local/logs/job-log-store.ts";
import { describeLogStreams, getLogEvents } from "../../../local/logs/operations.ts";
import { definition, scriptStep } from "../definitions.ts";
import { createPipeline, put, run, temporaryFolder } from "../local-aws.ts";
import { useLocalAws } from "../use-local-aws.ts";

const group = "/aws/sagemaker/ProcessingJobs";

describe("the log operations", () => {
  let folder: string;
  let logs: JobLogStore;
  before(async () => {
    folder = await temporaryFolder();
    logs = new JobLogStore(folder);
    const events = [1, 2, 3, 4, 5].map((n) => ({ timestamp: n * 1000, message: `line ${n}` }));
    logs.append(group, "job-a/algo-1-1", events);
    logs.append(group, "job-b/algo-1-9", []);
    await appendFile(join(folder, "ProcessingJobs", "job-a", "algo-1-1.jsonl"), '{"timest');
  });
  after(() => rm(folder, { recursive: true }));

  const get = (more: object) =>
    getLogEvents({ logGroupName: group, logStreamName: "job-a/algo-1-1", ...more }, group, logs);
  const lines = (answer: ReturnType<typeof get>) => answer.events?.map((event) => Number(event.message?.slice(5)));

  it("return the newest or the first lines of a stream, with tokens for the others", () => {
    assert.deepEqual(lines(get({ limit: 2 })), [4, 5]);
    const head = get({ limit: 2, startFromHead: true });
    assert.deepEqual(lines(head), [1, 2]);
    const next = get({ limit: 2, startFromHead: true, nextToken: head.nextForwardToken });
    assert.deepEqual(lines(next), [3, 4]);
    const last = get({ limit: 2, startFromHead: true, nextToken: next.nextForwardToken });
    assert.deepEqual(lines(last), [5]);
    const end = get({ nextToken: last.nextForwardToken });
    assert.deepEqual(lines(end), []);
    assert.equal(end.nextForwardToken, last.nextForwardToken);
    assert.deepEqual(lines(get({ limit: 3, nextToken: next.nextBackwardToken })), [1, 2]);
    assert.deepEqual(lines(get({ startTime: 2000, endTime: 4000 })), [2, 3]);
  });

  const filter = (more: object) => filterLogEvents({ logGroupName: group, ...more }, group, logs);
  const filtered = (more: object) => filter(more).events?.map((event) => Number(event.message?.slice(5)));

  it("search all streams of a group, page by page", () => {
    assert.deepEqual(filtered({}), [1, 2, 3, 4, 5]);
    assert.deepEqual(filtered({ startTime: 2000, endTime: 4000 }), [2, 3, 4]);
    assert.deepEqual(filtered({ filterPattern: "line -2 ?3" }), [1, 3, 4, 5]);
    assert.deepEqual(filtered({ filterPattern: '?"line 3" ?5' }), [3, 5]);
    assert.deepEqual(filtered({ logStreamNamePrefix: "job-b" }), []);
    assert.deepEqual(filtered({ logStreamNames: ["job-a/algo-1-1"], filterPattern: "4" }), [4]);
    const first = filter({ limit: 2 });
    assert.equal(first.events?.[0]?.logStreamName, "job-a/algo-1-1");
    assert.deepEqual(filtered({ limit: 2, nextToken: first.nextToken }), [3, 4]);
    assert.equal(filter({ limit: 2, nextToken: "f/4" }).nextToken, undefined);
    assert.throws(() => filter({ nextToken: "x" }), { type: "InvalidParameterException" });
    assert.throws(() => filter({ filterPattern: "{ $.a = 1 }" }), { type: "InvalidParameterException" });
    assert.throws(() => filter({ logStreamNames: ["a"], logStreamNamePrefix: "a" }), {
      type: "InvalidParameterException",
    });
  });

  it("list the streams of a job by its name", () => {
    const streams = describeLogStreams({ logGroupName: group, logStreamNamePrefix: "job-a" }, group, logs);
    assert.deepEqual(
      streams.logStreams?.map((stream) => stream.logStreamName),
      ["job-a/algo-1-1"],
    );
    assert.equal(streams.logStreams?.[0]?.lastEventTimestamp, 5000);
  });

  it("list streams by the time of their last line, including an empty stream", () => {
    const ordered = (more: object) =>
      describeLogStreams({ logGroupName: group, orderBy: "LastEventTime", ...more }, group, logs);
    const names = (answer: ReturnType<typeof ordered>) => answer.logStreams?.map((stream) => stream.logStreamName);
    assert.deepEqual(names(ordered({})), ["job-b/algo-1-9", "job-a/algo-1-1"]);
    const first = ordered({ descending: true, limit: 1 });
    assert.deepEqual(names(first), ["job-a/algo-1-1"]);
    assert.deepEqual(names(ordered({ descending: true, nextToken: first.nextToken })), ["job-b/algo-1-9"]);
  });

  it("merge the lines of several streams by time", () => {
    const other = "/aws/sagemaker/TransformJobs";
    const at = (...times: number[]) => times.map((timestamp) => ({ timestamp, message: `${timestamp}` }));
    logs.append(other, "one/algo-1-1", at(1, 4, 5));
    logs.append(other, "two/algo-1-1", at(2, 3, 5, 6));
    const events = filterLogEvents({ logGroupName: other }, other, logs).events ?? [];
    assert.deepEqual(
      events.map(({ message }) => message),
      ["1", "2", "3", "4", "5", "5", "6"],
    );
    assert.equal(new Set(events.map(({ eventId }) => eventId)).size, 7);
  });

  it("read a large stream from both ends, at most 1 MB at a time", () => {
    const stream = "big/algo-1-1";
    const events = Array.from({ length: 12 }, (_, n) => ({ timestamp: n, message: `${n} ${"é".repeat(150_000)}` }));
    for (const event of events) logs.append("/aws/sagemaker/TrainingJobs", stream, [event]);
    const part = (more: object) =>
      getLogEvents({ logStreamName: stream, limit: 10_000, ...more }, "/aws/sagemaker/TrainingJobs", logs);
    const all: (string | undefined)[] = [];
    for (let answer = part({ startFromHead: true }); answer.events?.length; ) {
      assert.ok(answer.events.length <= 3);
      all.push(...answer.events.map(({ message }) => message));
      answer = part({ nextToken: answer.nextForwardToken });
    }
    assert.deepEqual(
      all,
      events.map(({ message }) => message),
    );
    const back: (string | undefined)[] = [];
    for (let answer = part({}); answer.events?.length; answer = part({ nextToken: answer.nextBackwardToken })) {
      back.unshift(...answer.events.map(({ message }) => message));
    }
    assert.deepEqual(back, all);
  });

  it("return new lines when a client follows a growing stream", () => {
    const stream = "grows/algo-1-1";
    logs.append(group, stream, [{ timestamp: 1, message: "one" }]);
    const follow = (nextToken?: string) => getLogEvents({ logStreamName: stream, nextToken }, group, logs);
    const token = follow().nextForwardToken;
    assert.deepEqual(follow(token).events, []);
    logs.append(group, stream, [{ timestamp: 2, message: "two" }]);
    const next = follow(token);
    assert.deepEqual(
      next.events?.map(({ message }) => message),
      ["two"],
    );
    assert.equal(follow(next.nextForwardToken).nextForwardToken, next.nextForwardToken);
  });

  it("never write or read a file outside the folder of the logs", () => {
    assert.equal(getSafely("../../../etc/passwd"), "ResourceNotFoundException");
    assert.equal(getSafely(".."), "ResourceNotFoundException");
  });

  function getSafely(logStreamName: string): string {
    try {
      get({ logStreamName });
      return "read";
    } catch (error) {
      return (error as { type: string }).type;
    }
  }
});

describe("a job's log", () => {
  const aws = useLocalAws();

  it("contains the lines of standard output and standard error, even of a failed job", async function () {
    this.timeout(60_000);
    const code = await put(
      aws,
      "code/p.py",
      "import sys\nprint('one\\ntwo')\nprint('oops', file=sys.stderr)\nsys.exit(1)\n",
    );
    await createPipeline(aws, "Printing", definition([scriptStep({ name: "Print", code })]));
    const { arn } = await run(aws, "Printing");
    const prefix = `pipelines-${arn.split("/").at(-1)}-Print`;
    const streams = await aws.logs.send(
      new DescribeLogStreamsCommand({ logGroupName: group, logStreamNamePrefix: prefix }),
    );
    const logStreamName = streams.logStreams?.[0]?.logStreamName;
    assert.match(logStreamName ?? "", /-Print-[A-Za-z0-9]{10}\/algo-1-\d+$/);
    const events = await aws.logs.send(
      new GetLogEventsCommand({ logGroupName: group, logStreamName, startFromHead: true }),
    );
    const [image, ...printed] = events.events?.map((event) => event.message) ?? [];
    assert.match(image ?? "", /^The image .*sagemaker-xgboost:3\.0-5 runs locally in /);
    assert.deepEqual(printed.sort(), ["one", "oops", "two"]);
  });
});
