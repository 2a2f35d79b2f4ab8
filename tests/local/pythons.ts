export async function pythons(): Promise<{ moto: string; xgboost: string }> {
  return { moto: "/tmp/ep/moto/bin/python", xgboost: "/tmp/ep/xgb/bin/python" };
}
