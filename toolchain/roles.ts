import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pages, routes } from '../backend/features.ts'
import { type Caller, KEY_SCOPES, STAFF_ROLES } from '../shared/roles.ts'

/** Writes docs/roles.md from what is served. tests/flows/roles.test.ts walks the written table: read the difference before you commit it. */
const DOC = fileURLToPath(new URL('../docs/roles.md', import.meta.url))

const row = (name: string, callers: readonly Caller[], scopes: boolean): string => {
  const cells = STAFF_ROLES.map((role) => (callers.includes(role) ? 'yes' : ''))
  const keys = scopes ? [KEY_SCOPES.filter((scope) => callers.includes(scope)).join(' ')] : []
  return `| ${[`\`${name}\``, ...cells, ...keys].join(' | ')} |`
}

const head = (what: string, more: readonly string[]): string => {
  const columns = [what, ...STAFF_ROLES, ...more]
  return `| ${columns.join(' | ')} |\n|${columns.map(() => '---').join('|')}|`
}

const endpoints = routes.map(({ endpoint }) => endpoint)
const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`
const byName = (one: { path: string; method: string }, other: { path: string; method: string }) =>
  one.path.localeCompare(other.path, 'en') || one.method.localeCompare(other.method, 'en')

writeFileSync(
  DOC,
  `# Who may do what
Made by \`node toolchain/roles.ts\`; a test asks every cell over HTTP. An empty cell is refused with 403 and recorded. Within what is allowed, acts have conditions of their own: the limits of an action, who holds a ticket.

## Calls
The last column names the scopes of API keys, each of which suffices.

${head('', ['keys'])}
${endpoints
  .filter(({ callers }) => !callers.includes('public'))
  .toSorted(byName)
  .map((endpoint) => row(nameOf(endpoint), endpoint.callers, true))
  .join('\n')}

## Calls that need no sign-in
They prove their caller by a signature or a signed link.

${endpoints
  .filter(({ callers }) => callers.includes('public'))
  .toSorted(byName)
  .map((endpoint) => `- \`${nameOf(endpoint)}\``)
  .join('\n')}

## Pages
For people who are signed in; keys open no page.

${head('', [])}
${pages
  .toSorted(byName)
  .map((page) => row(nameOf(page), page.roles, false))
  .join('\n')}
`,
)
