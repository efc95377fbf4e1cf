import { fileURLToPath } from 'node:url'
import type { Express } from 'express'
import { helpPage } from './help-page.ts'

const DAY_SECONDS = 86_400

/** What a phone needs to know to keep the desk on its home screen; there iPhones show notices as well. */
const MANIFEST = {
  name: 'Sidedesk',
  short_name: 'Sidedesk',
  start_url: '/desk',
  scope: '/',
  display: 'standalone',
  icons: [{ src: '/logo.png', sizes: '128x128', type: 'image/png' }],
}

/** Pages that the add-on's manifest and browsers name: Help, logo, manifest. Public, and the same for everybody. */
export function mountAddonPages(app: Express): void {
  const page = helpPage()
  app.get('/help', (_request, response) => {
    response.type('html').send(page)
  })
  app.get('/manifest.webmanifest', (_request, response) => {
    response.type('application/manifest+json').send(JSON.stringify(MANIFEST))
  })
  app.get('/logo.png', (_request, response) => {
    response.sendFile(fileURLToPath(new URL('./logo.png', import.meta.url)), { maxAge: DAY_SECONDS * 1_000 })
  })
}
