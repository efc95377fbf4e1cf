/** What a preview shows of somebody's HTML: nothing that acts, loads, or reaches beyond its place. */
const TAGS =
  'a b strong i em u s br p div span h1 h2 h3 h4 ul ol li blockquote pre hr table thead tbody tr td th center small font'.split(
    ' ',
  )
/** Tags without an end of their own. */
const SINGLE = ['br', 'hr']
/** Their content is no text. */
const DROPPED =
  /<!--[\s\S]*?-->|<(script|style|title|head|iframe|object|template|noscript|svg|math)\b[\s\S]*?(?:<\/\1\s*>|$)/gi
const TAG = /<(\/?)([a-z][a-z0-9]*)\b([^<>]*)>/gi
const ATTRIBUTE = /([a-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))/gi

const escaped = (text: string): string =>
  text
    .replace(/&(?!#?\w{1,10};)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')

/**
 * HTML made anew from the few tags that are known, so that whatever is not understood is text.
 * @returns balanced: nothing closes what it did not open
 */
export function safeHtml(html: string): string {
  const text = html.replace(DROPPED, '')
  const open: string[] = []
  let made = ''
  let at = 0
  for (const found of text.matchAll(TAG)) {
    made += escaped(text.slice(at, found.index)) + tagOf(found, open)
    at = found.index + found[0].length
  }
  return made + escaped(text.slice(at)) + open.reverse().map(closing).join('')
}

const closing = (tag: string): string => `</${tag}>`

function tagOf([, slash, written = '', attributes = '']: RegExpMatchArray, open: string[]): string {
  const tag = written.toLowerCase()
  if (!TAGS.includes(tag)) return ''
  if (SINGLE.includes(tag)) return `<${tag}>`
  if (!slash) {
    open.push(tag)
    return `<${tag}${attributesOf(tag, attributes)}>`
  }
  const from = open.lastIndexOf(tag)
  return from < 0 ? '' : open.splice(from).reverse().map(closing).join('')
}

function attributesOf(tag: string, written: string): string {
  const found = [...written.matchAll(ATTRIBUTE)].map(([, name = '', a, b, c]) => [
    name.toLowerCase(),
    a ?? b ?? c ?? '',
  ])
  return found
    .filter(([name = '', value = '']) => isHarmless(tag, name, value))
    .map(([name, value = '']) => ` ${name}="${escaped(value)}"`)
    .join('')
}

function isHarmless(tag: string, name: string, value: string): boolean {
  if (name === 'href') return tag === 'a' && /^(?:https?:|mailto:)/i.test(value)
  if (name === 'style') return !/url|expression|position|@|\\|&/i.test(value)
  return ['align', 'color', 'width', 'colspan', 'rowspan'].includes(name)
}
