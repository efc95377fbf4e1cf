import { axisOf } from './axis.ts'
import { optionOf, sizeOf } from './options.ts'
import type { Picture } from './picture.ts'
import { trimmed } from './trimming.ts'

/** Pixels, of a card beside others and of a phone. */
const WIDTH = 400

/**
 * A picture as SVG for a page of ours: its colours are variables of the page, and it holds neither style nor script. The same picture
 * gives the same text.
 * @param id that nothing else on the page has
 */
export async function draw(picture: Picture, id: string, width = WIDTH): Promise<string> {
  const { init } = await engine()
  const size = sizeOf(picture, width)
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    chart.setOption(optionOf(picture, axisOf(picture), size))
    return trimmed(chart.renderToSVGString({ useViewBox: true }), { ...picture, id, size })
  } finally {
    chart.dispose()
  }
}

let loading: ReturnType<typeof load> | undefined

const engine = () => {
  loading ??= load()
  return loading
}

/** A process that draws nothing does not carry the engine. */
async function load() {
  const [core, charts, components, renderers] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ])
  const { LineChart, BarChart, HeatmapChart } = charts
  const { GridComponent, LegendComponent, VisualMapComponent } = components
  core.use([
    LineChart,
    BarChart,
    HeatmapChart,
    GridComponent,
    LegendComponent,
    VisualMapComponent,
    renderers.SVGRenderer,
  ])
  return core
}
