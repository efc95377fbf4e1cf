import type { AppsScript, GoogleUser, HostApp } from '../apps-script/index.ts'
import { createPanel, type Panel, type PanelAnswer } from './panel/panel.ts'

export interface PanelWish {
  user: GoogleUser
  hostApp: HostApp
  phone: boolean
  /** The spreadsheet that is open beside it. */
  spreadsheet?: string | undefined
}

export interface PanelGround {
  appsScript: AppsScript
  /** The public address the add-on knows, and where it really is on this machine. */
  backend: { public: string; local: string }
  /** Where the shop's pictures are in public. */
  pictures: string
  /** Where a page of Shopify's own leads on this machine. */
  ledgerFor: (url: string) => string
  onFailure: (message: string) => void
}

const MOST_TABS = 100

/** One panel for each browser tab and compose window; the least used ones are forgotten. */
export function panelsOf({ appsScript, backend, pictures, ledgerFor, onFailure }: PanelGround) {
  const open = new Map<string, Panel>()

  const create = ({ user, hostApp, phone, spreadsheet }: PanelWish) =>
    createPanel({
      appsScript,
      user,
      hostApp,
      platform: phone ? 'ANDROID' : 'WEB',
      spreadsheet,
      onExecution: (call, execution) => {
        if (!execution.ok) onFailure(`${call.function}: ${execution.message}`)
      },
    })

  /** Where a link leads on this machine. */
  const local = (url: string) =>
    url.startsWith(backend.public) ? backend.local + url.slice(backend.public.length) : ledgerFor(url)

  return {
    local,
    start(key: string, wish: PanelWish): Panel {
      const panel = create(wish)
      open.delete(key)
      open.set(key, panel)
      for (const oldest of [...open.keys()].slice(0, Math.max(0, open.size - MOST_TABS))) open.delete(oldest)
      return panel
    },
    get: (key: string) => open.get(key),
    /** Links to the backend lead to this machine, as its public name would; its pictures come through us, as Google's come through Google. */
    reachable(answer: PanelAnswer): PanelAnswer {
      const picture = (url: string) => {
        if (url.startsWith(`${pictures}/`)) return `/shop-pictures${url.slice(pictures.length)}`
        return url.startsWith(`${backend.public}/`) ? `/pictures${url.slice(backend.public.length)}` : url
      }
      const html = answer.html.replace(
        /\b(href|src|data-url)="([^"]*)"/g,
        (_, name: string, url: string) => `${name}="${name === 'src' ? picture(url) : local(url)}"`,
      )
      return { ...answer, html, ...(answer.link?.url ? { link: { ...answer.link, url: local(answer.link.url) } } : {}) }
    },
  }
}
