/** What people with weak eyes need (WCAG 1.4.11). */
export const SEEN_EDGE = 3

/** How much the edges of fields stand out from what lies around them, where they do it least. Runs in the page. */
export function contrastOfEdges(fields: readonly Element[]): number {
  const light = (color: string) => {
    const [red = 0, green = 0, blue = 0] = (color.match(/\d+/g) ?? []).map((part) => {
      const share = Number(part) / 255
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
  }
  const paperOf = (one: Element | null): string => {
    const color = one ? getComputedStyle(one).backgroundColor : 'rgb(255, 255, 255)'
    return one && /^rgba\(.*, 0\)$/.test(color) ? paperOf(one.parentElement) : color
  }
  const contrasts = fields.map((field) => {
    const [edge, paper] = [light(getComputedStyle(field).borderTopColor), light(paperOf(field.parentElement))]
    return Math.max(edge, paper) / Math.min(edge, paper)
  })
  return Math.min(...contrasts)
}
