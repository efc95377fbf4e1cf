import { expect, test } from '@jest/globals'
import type { Card, Widget } from '../../../workbench/apps-script/card-service/json.ts'
import { cardHtml, drawnSections } from '../../../workbench/host/panel/html/card-html.ts'
import type { Drawing } from '../../../workbench/host/panel/html/drawing.ts'
import { imageProblem } from '../../../workbench/host/panel/html/images.ts'
import { toHtml } from '../../../workbench/host/panel/html/markup.ts'
import { formattedText } from '../../../workbench/host/panel/html/text.ts'

const drawing: Drawing = {
  enteredIn: () => undefined,
  millisecondsOf: () => undefined,
  problemOf: () => undefined,
  offsetMinutes: 120,
}
const draw = (card: Card, given: Partial<Drawing> = {}) => toHtml(cardHtml(card, { ...drawing, ...given }))
const widgets = (...list: Widget[]): Card => ({ sections: [{ widgets: list }] })

test.each([
  ['a tag of the subset', '<b>a</b> <i>b</i> <u>c</u> <s>d</s><br>e', '<b>a</b> <i>b</i> <u>c</u> <s>d</s><br>e'],
  ['a colour', '<font color="#ff0000">a</font>', '<span class="sd-colored" style="--given:#ff0000">a</span>'],
  [
    'a colour that is none',
    '<font color="red;background:url(x)">a</font>',
    '<span class="sd-colored" style="--given:inherit">a</span>',
  ],
  [
    'a link',
    '<a href="https://a.example/?b=1&amp;c=2">x</a>',
    '<a href="https://a.example/?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">x</a>',
  ],
  [
    'a script link',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="#" target="_blank" rel="noopener noreferrer">x</a>',
  ],
  ['a tag outside the subset', '<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ['an image', '<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
  ['an attribute that does not belong', '<b onclick="x">a</b>', '<b>a</b>'],
  ['a mail subject', '5 < 6 & 7 > "3"', '5 &lt; 6 &amp; 7 &gt; &quot;3&quot;'],
  ['an entity', '&lt;b&gt; &amp;', '&lt;b&gt; &amp;'],
  ['tags left open or crossed', '<b><i>a</b>c</i>', '<b><i>a</i></b>c'],
  ['a line break', 'a\nb', 'a<br>b'],
])('text with %s', (_what, text, html) => {
  expect(formattedText(text)).toBe(html)
})

test('labels, headers and buttons are plain text', () => {
  const html = draw({
    header: { title: '<b>t</b>', subtitle: '<i>s</i>' },
    sections: [
      {
        widgets: [
          { decoratedText: { topLabel: '<b>top</b>', text: '<b>bold</b>', bottomLabel: '<b>bottom</b>' } },
          { buttonList: { buttons: [{ text: '<b>press</b>', onClick: { action: { function: 'go' } } }] } },
        ],
      },
    ],
  })
  expect(html).toContain('<b>bold</b>')
  expect(html.match(/<b>/g)).toHaveLength(1)
  for (const plain of ['&lt;b>t&lt;/b>', '&lt;i>s', '&lt;b>top', '&lt;b>bottom', '&lt;b>press'])
    expect(html).toContain(plain)
})

test('the section that passes 100 widgets and all later ones are dropped', () => {
  const section = (count: number, header: string) => ({
    header,
    widgets: Array.from({ length: count }, () => ({ divider: {} })),
  })
  const card = { sections: [section(60, 'a'), section(40, 'b'), section(1, 'c'), section(1, 'd')] }
  expect(drawnSections(card).map(({ header }) => header)).toEqual(['a', 'b'])
  expect(
    drawnSections({ sections: [section(60, 'a'), section(41, 'b'), section(1, 'c')] }).map(({ header }) => header),
  ).toEqual(['a'])
})

test('a collapsible section shows its first widgets and folds the rest', () => {
  const texts = ['one', 'two', 'three'].map((text) => ({ textParagraph: { text } }))
  const html = draw({ sections: [{ collapsible: true, uncollapsibleWidgetsCount: 1, widgets: texts }] })
  expect(html.indexOf('one')).toBeLessThan(html.indexOf('<details'))
  expect(html.indexOf('two')).toBeGreaterThan(html.indexOf('<details'))
  expect(draw({ sections: [{ widgets: texts }] })).not.toContain('<details')
})

test('text and top label are cut, unless the text wraps; the bottom label is not', () => {
  const fact = { topLabel: 'top', text: 'text', bottomLabel: 'bottom' }
  expect(draw(widgets({ decoratedText: fact }))).toContain('class="sd-text sd-cut"')
  const wrapped = draw(widgets({ decoratedText: { ...fact, wrapText: true } }))
  expect(wrapped).toContain('class="sd-text"')
  expect(wrapped).toContain('class="sd-label">bottom')
})

test('columns, chips and carousels are not drawn in the side panel', () => {
  const html = draw(
    widgets(
      { columns: { columnItems: [{ widgets: [{ textParagraph: { text: 'hidden' } }] }] } },
      { chipList: { chips: [{ label: 'hidden' }] } },
    ),
  )
  expect(html).not.toContain('hidden')
})

test('a button carries what the client needs to know of its action', () => {
  const action = {
    function: 'go',
    parameters: [{ key: 'id', value: '7' }],
    requiredWidgets: ['note'],
    loadIndicator: 'NONE',
  }
  const html = draw(widgets({ buttonList: { buttons: [{ text: 'Go', onClick: { action } }] } }))
  const data = JSON.parse((/data-call="([^"]*)"/.exec(html)?.[1] ?? '').replaceAll('&quot;', '"'))
  expect(data).toMatchObject({
    function: 'go',
    parameters: { id: '7' },
    required: ['note'],
    allRequired: false,
    spinner: false,
  })
})

test('a disabled button cannot be pressed', () => {
  const html = draw(
    widgets({ buttonList: { buttons: [{ text: 'Go', disabled: true, onClick: { action: { function: 'go' } } }] } }),
  )
  expect(html).toMatch(/<button[^>]* disabled/)
  expect(html).not.toContain('data-call')
})

test('a colour has no effect on an outlined button', () => {
  const color = { red: 1, green: 0, blue: 0 }
  const onClick = { action: { function: 'go' } }
  const drawn = (type?: string) =>
    draw(widgets({ buttonList: { buttons: [{ text: 'Go', color, onClick, ...(type && { type }) }] } }))
  expect(drawn()).not.toContain('background')
  expect(drawn('FILLED')).toContain('background:rgb(255 0 0)')
})

test('a click in a grid says which item it was', () => {
  const html = draw(
    widgets({ grid: { columnCount: 2, items: [{ id: 'i7', title: 'A' }], onClick: { action: { function: 'go' } } } }),
  )
  expect(html).toContain('&quot;grid_item_identifier&quot;:&quot;i7&quot;')
  expect(html).toContain('sd-columns-2')
})

test('a footer with a secondary button alone is not drawn', () => {
  const secondaryButton = { text: 'Only', onClick: { action: { function: 'go' } } }
  expect(draw({ ...widgets({ divider: {} }), fixedFooter: { secondaryButton } })).not.toContain('Only')
})

test.each([
  ['text', { textInput: { name: 'f', label: 'L', value: 'v' } }, 'value="v"'],
  ['multi-line text', { textInput: { name: 'f', label: 'L', value: 'v', type: 'MULTIPLE_LINE' } }, '<textarea'],
  [
    'text with suggestions',
    { textInput: { name: 'f', label: 'L', type: 'MULTIPLE_LINE', initialSuggestions: { items: [{ text: 'vip' }] } } },
    '<datalist id="sd-list-f"><option value="vip"',
  ],
  [
    'a drop-down',
    { selectionInput: { name: 'f', type: 'DROPDOWN', items: [{ text: 'A', value: 'a', selected: true }] } },
    '<select',
  ],
  [
    'radio buttons',
    { selectionInput: { name: 'f', type: 'RADIO_BUTTON', items: [{ text: 'A', value: 'a' }] } },
    'type="radio"',
  ],
  [
    'check boxes',
    { selectionInput: { name: 'f', type: 'CHECK_BOX', items: [{ text: 'A', value: 'a' }] } },
    'type="checkbox" class="sd-check"',
  ],
  [
    'switches',
    { selectionInput: { name: 'f', type: 'SWITCH', items: [{ text: 'A', value: 'a' }] } },
    'type="checkbox" class="sd-switch"',
  ],
  [
    'a multi-select of at most three',
    { selectionInput: { name: 'f', type: 'MULTI_SELECT', items: [{ text: 'A', value: 'a' }] } },
    'data-most="3"',
  ],
  ['a day', { dateTimePicker: { name: 'f', type: 'DATE_ONLY', valueMsEpoch: '86400000' } }, 'value="1970-01-02"'],
  ['a time', { dateTimePicker: { name: 'f', type: 'TIME_ONLY', valueMsEpoch: '34200000' } }, 'value="09:30"'],
  [
    'an instant on the clock of the user',
    { dateTimePicker: { name: 'f', type: 'DATE_AND_TIME', valueMsEpoch: '0' } },
    'value="1970-01-01T02:00"',
  ],
])('the input for %s', (_what, widget: Widget, html) => {
  expect(draw(widgets(widget))).toContain(html)
})

test('what was typed goes before the value of the card, and a problem stands at its field', () => {
  const html = draw(widgets({ textInput: { name: 'f', label: 'L', value: 'old' } }), {
    enteredIn: () => ['typed'],
    problemOf: () => 'Too long',
  })
  expect(html).toContain('value="typed"')
  expect(html).toContain('Too long')
})

test.each([
  ['https://a.example/b.png', undefined],
  ['https://a.example/b.svg', 'SVG is not shown'],
  ['http://a.example/b.png', 'only https images are shown'],
  ['https://localhost/b.png', 'the host is not public'],
  ['https://192.168.1.4/b.png', 'the host is not public'],
  ['data:image/png;base64,AA', 'data URLs are not shown here'],
])('the picture %s', (url, problem) => {
  expect(imageProblem(url)).toBe(problem)
})

test('an image widget also takes data of a picture, but not an SVG', () => {
  expect(imageProblem('data:image/png;base64,AA', { data: true })).toBeUndefined()
  expect(imageProblem('data:image/svg+xml,<svg/>', { data: true })).toBe('data URLs are not shown here')
})
