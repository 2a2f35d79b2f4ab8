/**
 * The quantile of Student's t distribution for a probability above one half, by integrating its density and bisecting:
 * slow, and independent of the library that is tested with it. Good to about 1e-10 from ten degrees of freedom on.
 */
export function studentQuantile(probability: number, degreesOfFreedom: number): number {
  const whole = densityIntegral(0, 100, degreesOfFreedom);
  let [low, high] = [0, 100];
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (densityIntegral(0, middle, degreesOfFreedom) / whole < 2 * probability - 1) low = middle;
    else high = middle;
  }
  return low;
}

/** Simpson's rule on the density, up to its constant factor. */
function densityIntegral(from: number, to: number, degreesOfFreedom: number): number {
  const intervals = 20_000;
  const width = (to - from) / intervals;
  let sum = 0;
  for (let index = 0; index <= intervals; index++) {
    const weight = index === 0 || index === intervals ? 1 : index % 2 === 0 ? 2 : 4;
    sum += weight * (1 + (from + index * width) ** 2 / degreesOfFreedom) ** (-(degreesOfFreedom + 1) / 2);
  }
  return (sum * width) / 3;
}
