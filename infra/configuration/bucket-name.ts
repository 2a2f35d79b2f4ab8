/**
 * The name of a bucket, as a regular expression; dots are next to letters and digits alone.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const bucketPattern = [
  // What follows has the length of a name, and is no address of a machine.
  "(?=[a-z0-9.-]{3,63}(?![a-z0-9.-]))",
  "(?!\\d+\\.\\d+\\.\\d+\\.\\d+(?![a-z0-9.-]))",
  // Reserved for something else.
  "(?!xn--|sthree-|amzn-s3-demo-)",
  "(?![a-z0-9.-]*(?:-s3alias|--ol-s3|\\.mrap|--x-s3|--table-s3)(?![a-z0-9.-]))",
  "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*",
].join("");
