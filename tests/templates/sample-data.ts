/** Returns the next numbers in [0, 1) of the linear congruential generator of Numerical Recipes. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

interface Draw {
  readonly between: (lowest: number, highest: number) => number;
  readonly integer: (lowest: number, highest: number) => number;
  readonly one: <const T>(of: readonly [T, ...T[]]) => T;
}

function draws(random: () => number): Draw {
  const between = (lowest: number, highest: number) => lowest + random() * (highest - lowest);
  const integer = (lowest: number, highest: number) => Math.floor(between(lowest, highest + 1));
  return { between, integer, one: (of) => of[integer(0, of.length - 1)] ?? of[0] };
}

function csv(names: readonly string[], rows: number, row: () => readonly (string | number)[]): string {
  return [names, ...Array.from({ length: rows }, row)].map((cells) => `${cells.join(",")}\n`).join("");
}

/** Returns the sample data of the regression: deliveries of meals. docs/your-own-model.md shows the formula. */
export function deliveries(): string {
  const { between, integer, one } = draws(randomNumbers(1));
  const minutesPerKm = { bike: 4, car: 2, scooter: 2.5 };
  return csv(["distance", "vehicle", "rain", "items", "hour", "minutes"], 600, () => {
    const distance = Number(between(0.5, 9.5).toFixed(1));
    const vehicle = one(["bike", "car", "scooter"]);
    const rain = one(["no", "no", "yes"]);
    const items = integer(1, 8);
    const hour = integer(11, 22);
    const isSlow = vehicle === "car" && hour >= 17 && hour <= 19;
    const noise = between(-1, 1) + between(-1, 1) + between(-1, 1);
    const riding = distance * minutesPerKm[vehicle] * (rain === "yes" ? 1.3 : 1);
    const minutes = 6 + 0.8 * items + riding + (isSlow ? 8 : 0) + 2 * noise;
    return [distance, vehicle, rain, between(0, 1) < 0.04 ? "" : items, hour, minutes.toFixed(1)];
  });
}

/** Returns the sample data of the classification: subscriptions. docs/your-own-model.md shows the formula. */
export function subscriptions(): string {
  const { between, integer, one } = draws(randomNumbers(2));
  const ofPlan = { basic: 0.5, plus: 0, pro: -0.5 };
  return csv(["months", "plan", "tickets", "hours", "reminder", "cancelled"], 800, () => {
    const months = integer(1, 48);
    const plan = one(["basic", "plus", "pro"]);
    const tickets = integer(0, 6);
    const hours = Number(between(0, 30).toFixed(1));
    const reminder = one(["no", "yes"]);
    const isAngry = tickets >= 4 && reminder === "no";
    const score = 0.4 + ofPlan[plan] + 0.5 * tickets + (isAngry ? 2 : 0) - 0.06 * months - 0.08 * hours;
    const cancelled = between(0, 1) < 1 / (1 + Math.exp(-score)) ? "yes" : "no";
    return [months, plan, tickets, between(0, 1) < 0.04 ? "" : hours, reminder, cancelled];
  });
}
