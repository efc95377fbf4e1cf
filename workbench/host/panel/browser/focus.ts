/**
 * A drawing of the panel replaces all of it, and must not throw a person without a mouse back to the top of the page.
 * @returns puts the focus on the same field or button again, or on the title of the card that came instead; nothing when it was elsewhere
 */
export function focusKept(root: HTMLElement): () => void {
  const held = document.activeElement
  if (!(held instanceof HTMLElement) || !root.contains(held)) return () => undefined
  const name = nameOf(held)
  const at = alike(root, name).indexOf(held)
  return () => {
    const again = alike(root, name)[at]
    if (again) return again.focus()
    const title = root.querySelector<HTMLElement>('.sd-card .sd-title')
    title?.setAttribute('tabindex', '-1')
    title?.focus()
  }
}

const alike = (root: HTMLElement, name: string): HTMLElement[] =>
  [...root.querySelectorAll<HTMLElement>('[data-field], button:enabled, summary, [role=button]')].filter(
    (each) => nameOf(each) === name,
  )

const nameOf = ({ tagName, dataset, ariaLabel, textContent }: HTMLElement): string =>
  [tagName, dataset['field'] ?? ariaLabel ?? textContent].join(' ')
