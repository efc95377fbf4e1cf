/**
 * What the named parts of a pattern are in a path; null when it does not fit. @param pattern `/desk/tickets/:ticketId`
 * @param pathname without its query, as it was sent: nothing in it is decoded
 */
export function paramsIn(pattern: string, pathname: string): Record<string, string> | null {
  const [names, parts] = [pattern.split('/'), pathname.split('/')]
  const fits = names.length === parts.length && names.every((name, at) => name.startsWith(':') || name === parts[at])
  if (!fits) return null
  return Object.fromEntries(
    names.flatMap((name, at) => (name.startsWith(':') ? [[name.slice(1), parts[at] ?? '']] : [])),
  )
}
