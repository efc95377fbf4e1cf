/** The manifest as we stamp it: only what this code touches is named. */
export type Manifest = { oauthScopes: string[]; urlFetchWhitelist: string[]; [key: string]: unknown }

/** The one callback that cards name; every other is named by the manifest. */
const CARD_CALLBACK = 'onAction'
const NAMES_A_FUNCTION = ['runFunction', 'onTriggerFunction']

/** Every function that Google will look for at the top level of the script. */
export function entryNames(manifest: unknown): string[] {
  const found = new Set([CARD_CALLBACK])
  walk(manifest, (key, value) => {
    if (NAMES_A_FUNCTION.includes(key)) found.add(String(value))
  })
  return [...found].sort()
}

/** Puts the backend's address wherever the manifest has the placeholder: allow-lists and links alike. */
export function stampedManifest(manifest: unknown, placeholder: string, address: string): Manifest {
  const text = JSON.stringify(manifest, (_key, value) =>
    typeof value === 'string' && value.startsWith(placeholder) ? address + value.slice(placeholder.length) : value,
  )
  return JSON.parse(text)
}

function walk(node: unknown, visit: (key: string, value: unknown) => void): void {
  if (typeof node !== 'object' || node === null) return
  for (const [key, value] of Object.entries(node)) {
    visit(key, value)
    walk(value, visit)
  }
}
