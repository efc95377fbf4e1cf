import type { MailView } from './view.ts'

/** Nothing is fetched and nothing runs: pictures come from the mail itself, links open elsewhere. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
const BASE =
  'body{margin:0;font:14px/1.5 Arial,Helvetica,sans-serif;color:#1f1f1f;overflow-wrap:anywhere}img{max-width:100%;height:auto}'

/** A document for a sandboxed frame; `pictures` are data addresses by Content-ID. */
export function framedMail({ html }: Pick<MailView, 'html'>, pictures: ReadonlyMap<string, string>): string {
  const shown = html.replace(/cid:([^"'\s)>]+)/gi, (whole, id: string) => pictures.get(decoded(id)) ?? whole)
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><base target="_blank"><style>${BASE}</style>${shown}`
}

export const dataAddress = (type: string, bytes: Buffer) =>
  `data:${type.replace(/[^\w/.+-]/g, '')};base64,${bytes.toString('base64')}`

/** A stray percent sign in a Content-ID is no reason to lose the mail. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch (error) {
    if (error instanceof URIError) return id
    throw error
  }
}
