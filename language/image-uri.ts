/**
 * The accounts of the registries with AWS's XGBoost and scikit-learn images, by region.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg-ecr-paths/sagemaker-algo-docker-registry-paths.html
 */
const registries: Readonly<Record<string, string>> = {
  "af-south-1": "510948584623",
  "ap-east-1": "651117190479",
  "ap-northeast-1": "354813040037",
  "ap-northeast-2": "366743142698",
  "ap-northeast-3": "867004704886",
  "ap-south-1": "720646828776",
  "ap-south-2": "628508329040",
  "ap-southeast-1": "121021644041",
  "ap-southeast-2": "783357654285",
  "ap-southeast-3": "951798379941",
  "ap-southeast-4": "106583098589",
  "ca-central-1": "341280168497",
  "ca-west-1": "190319476487",
  "cn-north-1": "450853457545",
  "cn-northwest-1": "451049120500",
  "eu-central-1": "492215442770",
  "eu-central-2": "680994064768",
  "eu-north-1": "662702820516",
  "eu-south-1": "978288397137",
  "eu-south-2": "104374241257",
  "eu-west-1": "141502667606",
  "eu-west-2": "764974769150",
  "eu-west-3": "659782779980",
  "il-central-1": "898809789911",
  "me-central-1": "272398656194",
  "me-south-1": "801668240914",
  "sa-east-1": "737474898029",
  "us-east-1": "683313688378",
  "us-east-2": "257758044811",
  "us-gov-east-1": "237065988967",
  "us-gov-west-1": "414596584902",
  "us-iso-east-1": "833128469047",
  "us-isob-east-1": "281123927165",
  "us-isof-east-1": "108575199400",
  "us-isof-south-1": "124985052026",
  "us-west-1": "746614075791",
  "us-west-2": "246618743249",
};

/** Returns the last part of host names in the region's partition. */
function dnsSuffix(region: string): string {
  if (region.startsWith("cn-")) return "amazonaws.com.cn";
  if (region.startsWith("us-iso-")) return "c2s.ic.gov";
  if (region.startsWith("us-isob-")) return "sc2s.sgov.gov";
  if (region.startsWith("us-isof-")) return "csp.hci.ic.gov";
  return "amazonaws.com";
}

/** The versions of the XGBoost image that have the older, long form of tag. */
const longTags: ReadonlySet<string> = new Set(["0.90-1", "0.90-2", "1.0-1"]);

function imageUri(what: string, region: string, image: string): string {
  const account = Object.hasOwn(registries, region) ? registries[region] : undefined;
  if (account === undefined)
    throw new Error(
      `no ${what} image is known for region ${region}; use one of ${Object.keys(registries).join(", ")}, ` +
        "or give the pipeline your own image",
    );
  return `${account}.dkr.ecr.${region}.${dnsSuffix(region)}/${image}`;
}

/**
 * Returns the URI of AWS's XGBoost image (0.90-1 or later), for example `xgboostImageUri("3.0-5", "eu-central-1")`.
 *
 * @throws Error if AWS publishes no XGBoost image in the region
 */
export function xgboostImageUri(version: string, region: string): string {
  return imageUri("XGBoost", region, `sagemaker-xgboost:${version}${longTags.has(version) ? "-cpu-py3" : ""}`);
}

/**
 * Returns the URI of AWS's scikit-learn image, for example `sklearnImageUri("1.2-1", "eu-central-1")`.
 *
 * @throws Error if AWS publishes no scikit-learn image in the region
 */
export function sklearnImageUri(version: string, region: string): string {
  return imageUri("scikit-learn", region, `sagemaker-scikit-learn:${version}-cpu-py3`);
}
