import { FONT_SIZE, type Size } from './options.ts'

type About = { id: string; title: string; words: string; size: Size }

/** Says the same for every text of a chart; the svg element says it once. */
const USUAL_FONT = `style="font-size:${FONT_SIZE}px;font-family:sans-serif;" `

/** What the engine writes for a browser with its script, which ours have not: hover styles, marks, areas to touch. */
const NOISE: readonly [RegExp | string, string][] = [
  [/<style\s*>[\s\S]*?<\/style>/g, ''],
  [/<defs\s*>[\s\S]*?<\/defs>/g, ''], // areas beyond which nothing is drawn anyway, by ids that grow with every chart
  [/ (?:class|clip-path|xml:space|pointer-events|ecmeta_\w+)="[^"]*"/g, ''],
  [/<(?:path|rect)(?=[^>]*(?:fill-opacity="0"|fill="none"))(?![^>]* stroke="(?!none))[^>]*><\/(?:path|rect)>\n?/g, ''],
  [/ fill="#000"/g, ' fill="none"'], // of lines, which have no inside
  [/<path[^>]*fill-opacity="0"[^>]*stroke-width="0"[^>]*><\/path>\n?/g, ''],
]

/** An engine's SVG as it stands in a page: small, and with words for who cannot see it. */
export function trimmed(svg: string, { id, title, words, size }: About): string {
  let inside = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '')
  for (const [noise, rest] of NOISE) inside = inside.replaceAll(noise, rest)
  inside = inside
    .replaceAll(USUAL_FONT, '')
    .replaceAll(/\n\s*/g, '')
    .replaceAll(/><\/(?:path|rect)>/g, '/>')
  return [
    `<svg class="chart" viewBox="0 0 ${size.width} ${size.height}" xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="${id}-title ${id}-words" font-size="${FONT_SIZE}">`,
    `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-words">${escaped(words)}</desc>`,
    `${inside}</svg>`,
  ].join('')
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
