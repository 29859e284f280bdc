// How long tokens live: to the end of a day, where the browser is.
export const LIFE_DAYS_MAX = 365; // the server allows 366 times 24 hours

export function localDay(now_ms: number, days: number): string {
  const at = new Date(now_ms);
  at.setDate(at.getDate() + days);
  const part = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${part(at.getMonth() + 1)}-${part(at.getDate())}`;
}

export function endOfDay(day: string): number {
  return new Date(`${day}T23:59:59`).getTime();
}

export function lifeDays(day: string, now_ms: number): number {
  const midnight = (of: string) => new Date(`${of}T12:00:00`).getTime();
  const days = (midnight(day) - midnight(localDay(now_ms, 0))) / 86_400_000;
  return Number.isNaN(days) ? 0 : Math.max(0, Math.round(days));
}
