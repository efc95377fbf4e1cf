/// <reference lib="dom" />

/** Where we are, as the host wrote it on the page. */
export const place = {
  kind: document.body.dataset['place'] ?? '',
  agent: document.body.dataset['agent'] ?? '',
  phone: document.body.dataset['phone'] === 'yes',
}

/** This browser tab, across reloads. */
export function tab(): string {
  const known = sessionStorage.getItem('tab')
  if (known) return known
  const made = crypto.randomUUID()
  sessionStorage.setItem('tab', made)
  return made
}

export function must<T extends Element = HTMLElement>(selector: string, root: ParentNode = document): T {
  const found = root.querySelector<T>(selector)
  if (!found) throw new Error(`The page has no ${selector}`)
  return found
}
