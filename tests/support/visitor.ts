import type { Desk, StaffName } from './desk.ts'

/** Where the desk believes to be; a browser on this machine goes to where it really is. */
const PAGES = 'https://desk.example'

/** What a browser shows at the end of its way. */
export type Shown = { status: number; path: string; text: string; headers: Headers }

/** A browser with cookies, and somebody of the staff before it who chooses their own account at Google. */
export function visitor(desk: Pick<Desk, 'url' | 'staff'>, name: StaffName) {
  const cookies = new Map<string, string>()
  const account = desk.staff[name].email

  /** One request, without following anything. */
  async function ask(url: string, init: RequestInit = {}): Promise<Response> {
    const isOurs = url.startsWith(PAGES)
    const cookie = [...cookies].map(([key, value]) => `${key}=${value}`).join('; ')
    const response = await fetch(url.replace(PAGES, desk.url), {
      ...init,
      redirect: 'manual',
      headers: { ...(isOurs && { cookie }), ...init.headers },
    })
    for (const set of isOurs ? response.headers.getSetCookie() : []) remember(set)
    return response
  }

  function remember(set: string) {
    const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
    if (value === '') cookies.delete(key)
    else cookies.set(key, value)
  }

  /** Goes on until a page is there; at Google the account is chosen. */
  async function follow(url: string, response: Response): Promise<Shown> {
    const location = response.headers.get('location')
    if (!location) {
      const { pathname, search } = new URL(url)
      return {
        status: response.status,
        path: pathname + search,
        text: await response.text(),
        headers: response.headers,
      }
    }
    const next = new URL(location, url)
    if (next.pathname.endsWith('/auth')) next.searchParams.set('account', account)
    return follow(next.href, await ask(next.href))
  }

  const open = async (path: string): Promise<Shown> => follow(`${PAGES}${path}`, await ask(`${PAGES}${path}`))

  /** Sends fields to a path as a form of ours does. */
  async function post(path: string, fields: URLSearchParams): Promise<Shown> {
    const url = `${PAGES}${path}`
    const response = await ask(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: PAGES },
      body: fields.toString(),
    })
    return follow(url, response)
  }

  return {
    cookies,
    post,
    ask: (path: string, init?: RequestInit) => ask(new URL(path, PAGES).href, init),
    open,
    /** Sends a form as the page at `path` would, with the token that the page holds. */
    async send(path: string, fields: Record<string, string>, from = path): Promise<Shown> {
      const form = tokenIn((await open(from)).text)
      return post(path, new URLSearchParams({ form, ...fields }))
    },
  }
}

/** The hidden field of a page's forms. */
export const tokenIn = (text: string): string => /name="form" value="([^"]+)"/.exec(text)?.[1] ?? ''
