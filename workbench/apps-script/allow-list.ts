/**
 * Whether a URL may be fetched or opened: https, and identical to a prefix of the manifest or a child of it
 * ([AS]/manifest/allowlist-url). Prefixes without a path, or with a bare host wildcard, are not valid and match nothing.
 */
export function isAllowed(url: string, prefixes: readonly string[], options: { bareStar?: boolean } = {}): boolean {
  const target = parse(url)
  if (target?.protocol !== 'https:') return false
  return prefixes.some((prefix) => (prefix === '*' ? options.bareStar === true : matches(target, prefix)))
}

function matches(target: URL, prefix: string): boolean {
  const rule = /^https:\/\/([^/?#]+)(\/[^?#]*)$/.exec(prefix)
  if (!rule) return false
  const [, host = '', path = ''] = rule
  return hostFits(target.host, host.toLowerCase()) && pathFits(target, path)
}

function hostFits(host: string, rule: string): boolean {
  if (!rule.startsWith('*.')) return host === rule
  const parent = rule.slice(1)
  return !parent.includes('*') && host.endsWith(parent) && host.length > parent.length
}

/** /foo matches /foo, /foo/, /foo/bar, /foo?bar and /foo#bar, but not /foobar. */
function pathFits(target: URL, rule: string): boolean {
  const path = `${target.pathname}${target.search}${target.hash}`
  if (rule.endsWith('/')) return path.startsWith(rule)
  if (!path.startsWith(rule)) return false
  const next = path.charAt(rule.length)
  return next === '' || '/?#'.includes(next)
}

const parse = (url: string) => (URL.canParse(url) ? new URL(url) : undefined)
