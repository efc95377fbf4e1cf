import { fileURLToPath } from 'node:url'
import type { Express } from 'express'
import { helpPage } from './help-page.ts'

const DAY_SECONDS = 86_400

/** Pages that the add-on's manifest names: its Help and its logo. Public, and the same for everybody. */
export function mountAddonPages(app: Express): void {
  const page = helpPage()
  app.get('/help', (_request, response) => {
    response.type('html').send(page)
  })
  app.get('/logo.png', (_request, response) => {
    response.sendFile(fileURLToPath(new URL('./logo.png', import.meta.url)), { maxAge: DAY_SECONDS * 1_000 })
  })
}
