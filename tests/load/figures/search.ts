import pg from 'pg'
import { type Figure, figure, quantiles } from '../figure.ts'
import { startDeskApi } from '../measuring/desk-api.ts'
import { ask } from '../measuring/requests.ts'
import { RARE_WORD } from '../world/cards.ts'
import type { Ground } from '../world/ground.ts'

const WARM_UP = 30
const COUNT = 150

/** One page of 20 by one client in the largest workspace: a word that few messages have, and one that every twentieth has. */
export async function measureSearch(ground: Ground): Promise<Figure[]> {
  const big = ground.workspaces.at(-1)
  if (!big) throw new Error('A world needs a measured workspace')
  const common = await commonWord(ground.database.urls.owner, big.id)
  const api = await startDeskApi(ground)
  try {
    const headers = await api.headersFor(big.id)
    const measured = async (q: string) => {
      const urls = [`${api.url}/v1/search?${new URLSearchParams({ q, limit: '20' })}`]
      await refuseNothing(urls[0] ?? '', headers)
      await ask({ mode: 'closed', urls, headers, count: WARM_UP })
      return quantiles(await ask({ mode: 'closed', urls, headers, count: COUNT }), [0.5, 0.99])
    }
    const of = big.tickets.toLocaleString('en')
    const [rare, rare99] = await measured(RARE_WORD)
    const [often, often99] = await measured(common.word)
    const [both, both99] = await measured(`${common.word} ${RARE_WORD}`)
    return [
      figure(`search for a rare word in ${of} tickets, p50`, rare, 'ms', { aim: '< 30', note: p99(rare99) }),
      figure(`search for a word in ${(common.share * 100).toFixed(1)} % of messages, p50`, often, 'ms', {
        aim: '< 120',
        note: p99(often99),
      }),
      figure('search for both, p50', both, 'ms', { note: p99(both99) }),
    ]
  } finally {
    await api.stop()
  }
}

const p99 = (ms: number) => `p99 ${ms.toFixed(1)} ms`

/** Among the words that stand beside the rare one somewhere, the one whose share of messages is nearest to a twentieth, by a sample of them. */
async function commonWord(ownerUrl: string, workspaceId: string): Promise<{ word: string; share: number }> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ word: string; share: number }>(
      `select word, ndoc / 3000.0::float8 as share from ts_stat(format(
         'select lexemes from desk.search_document where workspace_id = %L order by at desc, id desc limit 3000', $1::uuid))
       where length(word) > 3 and word in (select unnest(tsvector_to_array(lexemes)) from desk.search_document
         where workspace_id = $1 and lexemes @@ $2::tsquery)
       order by abs(ndoc - 150), word limit 1`,
      [workspaceId, RARE_WORD],
    )
    if (!rows[0]) throw new Error('The world has no words')
    return rows[0]
  } finally {
    await client.end()
  }
}

async function refuseNothing(url: string, headers: Record<string, string>): Promise<void> {
  const page = (await (await fetch(url, { headers })).json()) as { items?: unknown[] }
  if (!page.items?.length) throw new Error(`The measured search found ${JSON.stringify(page).slice(0, 200)}`)
}
