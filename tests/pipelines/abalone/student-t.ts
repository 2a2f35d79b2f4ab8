/**
 * Returns the quantile of Student's t distribution for a probability above one half. It integrates the density and
 * bisects, which is slow but independent of the library under test. The error is about 1e-10 for ten or more degrees of
 * freedom.
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

/** Integrates the density without its constant factor, by Simpson's rule. */
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
