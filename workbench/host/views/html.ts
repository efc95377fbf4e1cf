import { html as markup } from 'htm/preact'
import type { VNode } from 'preact'
import { render } from 'preact-render-to-string'

export type Html = VNode

/** Everything that is put in is escaped. A template has one root. */
export const html = markup as (strings: TemplateStringsArray, ...values: unknown[]) => Html

export const fragment = (view: Html | Html[]): string =>
  [view]
    .flat()
    .map((part) => render(part))
    .join('')

export const page = (view: Html): string => `<!doctype html>${render(view)}`
