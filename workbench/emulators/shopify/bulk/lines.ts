type Json = Record<string, unknown>

/**
 * The lines of a result file: one object each, what is nested names its parent. Grouped, children follow their parent;
 * otherwise a stretch of parents comes first, as it may with Shopify.
 */
export function linesOf(nodes: readonly unknown[], grouped: boolean): string[] {
  const lines: string[] = []
  let level = nodes.map((node) => ({ node: node as Json, parentId: undefined as string | undefined }))
  while (level.length > 0) {
    const below: typeof level = []
    for (const { node, parentId } of level) {
      const { own, children } = apart(node)
      lines.push(JSON.stringify(parentId === undefined ? own : { ...own, __parentId: parentId }))
      const nested = children.map((child) => ({ node: child, parentId: String(own['id']) }))
      if (grouped) lines.push(...nested.flatMap(({ node: child, parentId: of }) => groupedLines(child, of)))
      else below.push(...nested)
    }
    level = below
  }
  return lines
}

function groupedLines(node: Json, parentId: string): string[] {
  const { own, children } = apart(node)
  const line = JSON.stringify({ ...own, __parentId: parentId })
  return [line, ...children.flatMap((child) => groupedLines(child, String(own['id'])))]
}

/** A node without its connections, and what was in them. */
function apart(node: Json): { own: Json; children: Json[] } {
  const children: Json[] = []
  return { own: without(node, children), children }
}

function without(object: Json, children: Json[]): Json {
  const kept: Json = {}
  for (const [key, value] of Object.entries(object)) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) kept[key] = value
    else if (isConnection(value)) children.push(...value.edges.map(({ node }) => node))
    else kept[key] = without(value as Json, children)
  }
  return kept
}

const isConnection = (value: object): value is { edges: { node: Json }[] } =>
  'edges' in value && Array.isArray(value.edges)
