/**
 * Makes what a place shows that of a text of HTML, and keeps every node that stays: so nobody loses the focus, what they have typed, or
 * what they have unfolded. Rows that move are told by their id.
 */
export function morph(place: Element, html: string): void {
  const wanted = document.createElement('template')
  wanted.innerHTML = html
  const focused = document.activeElement
  matchChildren(place, wanted.content)
  if (focused instanceof HTMLElement && focused.isConnected && document.activeElement !== focused) focused.focus()
}

function matchChildren(place: Node, wanted: Node): void {
  const named = new Map<string, Node>()
  for (const child of place.childNodes) {
    const name = nameOf(child)
    if (name) named.set(name, child)
  }
  let next = place.firstChild
  for (const one of [...wanted.childNodes]) {
    const kept = keptFor(one, next, named)
    if (kept === null) place.insertBefore(one, next)
    else if (kept === next) next = next.nextSibling
    else place.insertBefore(kept, next)
    if (kept) match(kept, one)
  }
  while (next) {
    const rest = next.nextSibling
    if (!holdsTyped(next)) place.removeChild(next)
    next = rest
  }
}

/** Which node stays for the one that is wanted; null when it is new. */
function keptFor(wanted: Node, next: Node | null, named: Map<string, Node>): Node | null {
  const name = nameOf(wanted)
  if (name) {
    const found = named.get(name) ?? null
    named.delete(name)
    return found
  }
  return next && !nameOf(next) && next.nodeName === wanted.nodeName ? next : null
}

const nameOf = (node: Node): string | null =>
  node instanceof Element && node.id !== '' ? `${node.nodeName} ${node.id}` : null

function match(kept: Node, wanted: Node): void {
  if (!(kept instanceof Element && wanted instanceof Element)) {
    if (kept.nodeValue !== wanted.nodeValue) kept.nodeValue = wanted.nodeValue
    return
  }
  if (isTyped(kept) || kept.isEqualNode(wanted)) return
  for (const { name } of [...kept.attributes])
    if (!wanted.hasAttribute(name) && !isFolding(kept, name)) kept.removeAttribute(name)
  for (const { name, value } of wanted.attributes)
    if (kept.getAttribute(name) !== value && !isFolding(kept, name)) kept.setAttribute(name, value)
  matchChildren(kept, wanted)
}

/** Who looks folds and unfolds it themselves. */
const isFolding = (node: Element, name: string): boolean => node.nodeName === 'DETAILS' && name === 'open'

/** Whether somebody is in a field, or has left something in it that the server does not know. */
function isTyped(node: Element): boolean {
  if (node instanceof HTMLTextAreaElement) return isIn(node) || node.value !== node.defaultValue
  if (node instanceof HTMLInputElement)
    return isIn(node) || node.value !== node.defaultValue || node.checked !== node.defaultChecked
  if (node instanceof HTMLSelectElement) return isIn(node) || isChosen(node)
  return false
}

const isIn = (node: Element): boolean => document.activeElement === node

function isChosen({ options, selectedIndex }: HTMLSelectElement): boolean {
  const first = [...options].findIndex(({ defaultSelected }) => defaultSelected)
  return selectedIndex !== Math.max(first, 0)
}

/** Whether somebody has left something in it that the server does not know. */
export const holdsTyped = (node: Node): boolean =>
  node instanceof Element && (isTyped(node) || [...node.querySelectorAll('input, select, textarea')].some(isTyped))
