import type { AddressInfo } from 'node:net'
import express from 'express'
import pg from 'pg'

/** The least that a page from a database costs here: Express and one primary-key SELECT over pg. Runs as a process of its own. */
const [url, workspaceId, id] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: 10 })
const app = express()
app.disable('etag')
app.get('/', async (_request, response) => {
  const { rows } = await pool.query({
    name: 'one',
    text: 'select * from desk.ticket where workspace_id = $1 and id = $2',
    values: [workspaceId, id],
  })
  response.json(rows[0])
})
const server = app.listen(0, '127.0.0.1', () => console.log(`listens on ${(server.address() as AddressInfo).port}`))
