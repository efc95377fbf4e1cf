/** What PropertiesService keeps between calls, per user and per script; nothing is written to disk. */
export function propertyStore(script: Record<string, string>) {
  const stores = new Map<string, Record<string, string>>([['script', { ...script }]])
  const of = (owner: string) => stores.get(owner) ?? {}
  return {
    get: of,
    set(owner: string, entries: Record<string, string>, replace: boolean): void {
      stores.set(owner, { ...(replace ? {} : of(owner)), ...entries })
    },
    delete(owner: string, keys: readonly string[]): void {
      stores.set(owner, Object.fromEntries(Object.entries(of(owner)).filter(([key]) => !keys.includes(key))))
    },
  }
}
