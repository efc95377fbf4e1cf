import { expect, test } from '@jest/globals'
import { safeHtml } from './safe-html.ts'

test.each([
  ['<h1 style="color: green">Fern</h1><p>Hi<br>you</p>', '<h1 style="color: green">Fern</h1><p>Hi<br>you</p>'],
  ['<a href="https://fern.example" onclick="x()">Shop</a>', '<a href="https://fern.example">Shop</a>'],
  ['<script>alert(1)</script>Hello', 'Hello'],
  ['<scr<script>ipt>alert(1)', '&lt;scr'],
  ['<img src=x onerror=alert(1)>', ''],
  ['<a href="javascript:alert(1)">x</a>', '<a>x</a>'],
  ['<a href="java&#115;cript:alert(1)">x</a>', '<a>x</a>'],
  ['<p style="background: url(https://spy.example)">x</p>', '<p>x</p>'],
  ['</section></div><p>x', '<p>x</p>'],
  ['<div><b>x</div>y', '<div><b>x</b></div>y'],
  ['<p title="a>b" onmouseover=alert(1)>x', '<p>b&quot; onmouseover=alert(1)&gt;x</p>'],
  ['1 < 2 & 3', '1 &lt; 2 &amp; 3'],
  ['<svg><a href="https://x.example"></svg>y', 'y'],
  ['<!-- <p> -->z', 'z'],
])('%s becomes %s', (html, safe) => {
  expect(safeHtml(html)).toBe(safe)
})
