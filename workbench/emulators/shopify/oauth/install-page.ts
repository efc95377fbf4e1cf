import type { SeedApp } from '../seed.ts'
import type { Shop } from '../shop.ts'

/** One button is the merchant's consent. */
export function installPage(shop: Shop, app: SeedApp, scopes: string[], query: URLSearchParams): string {
  const wants = scopes.map((scope) => `<li><code>${escaped(scope)}</code></li>`).join('')
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Install ${escaped(app.name)} (emulation)</title>
<style>body{font:16px system-ui;max-width:26rem;margin:3rem auto;padding:0 1rem}li{margin:.4rem 0}button{font:inherit;padding:.6rem 1.4rem}</style>
<h1>Install ${escaped(app.name)}</h1><p>Emulation of Shopify. The app asks ${escaped(shop.seed.name)} (${escaped(shop.domain)}) for:</p>
<ul>${wants}</ul>
<form method="post" action="?${escaped(query.toString())}"><button>Install</button></form></html>`
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
