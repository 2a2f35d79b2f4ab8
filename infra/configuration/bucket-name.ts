/**
 * The source of a regular expression for bucket names. A dot has a letter or a digit on both sides.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const bucketPattern = [
  // A name has 3 to 63 characters, and does not look like an IP address.
  "(?=[a-z0-9.-]{3,63}(?![a-z0-9.-]))",
  "(?!\\d+\\.\\d+\\.\\d+\\.\\d+(?![a-z0-9.-]))",
  // AWS reserves these beginnings and endings.
  "(?!xn--|sthree-|amzn-s3-demo-)",
  "(?![a-z0-9.-]*(?:-s3alias|--ol-s3|\\.mrap|--x-s3|--table-s3)(?![a-z0-9.-]))",
  "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*",
].join("");
