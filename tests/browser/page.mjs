// page.mjs YARE [FOLDER]: the page of `yare diff -o html` in a real browser
//
// Opens the page of two environments and that of 5,000 objects, filters, follows links, presses keys. Screenshots go to
// FOLDER where one is given. Prints the totals.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [yare, pictures] = process.argv.slice(2);
const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const work = mkdtempSync(join(tmpdir(), 'yare-page-'));
let passed = 0;
let failed = 0;

function check(what, ok, detail = '') {
  if (ok) passed++;
  else { failed++; console.log(`FAIL ${what} ${detail}`); }
}

const diff = words => execFileSync(yare, ['diff', '-o', 'html', ...words], { maxBuffer: 1 << 28, encoding: 'utf8' });

// 5,000 objects that all differ
function largeChart() {
  const chart = join(work, 'large');
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: large\nversion: 0.1.0\n');
  writeFileSync(join(chart, 'values.yaml'), 'size: 1\n');
  writeFileSync(join(chart, 'templates', 'all.yaml'), `{{- range $i, $n := until 5000 }}
---
apiVersion: v1
kind: {{ index (list "ConfigMap" "Secret" "Service" "Deployment") (mod $i 4) }}
metadata:
  name: object-{{ $n }}
  labels: {size: "{{ $.Values.size }}", part: "{{ mod $n 7 }}"}
spec:
  size: {{ mul $n $.Values.size }}
  list: [{name: a, value: {{ $.Values.size }}}, {name: b, value: 2}]
{{- end }}
`);
  return chart;
}

function save(name, html) {
  const path = join(work, name);
  writeFileSync(path, html);
  return `file://${path}`;
}

async function picture(page, name) {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) });
}

const status = page => page.locator('#status').textContent();

async function platform(browser) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
  const errors = [];
  page.on('pageerror', e => errors.push(String(e)));
  page.on('request', r => { if (!r.url().startsWith('file:')) errors.push(r.url()); });
  const url = save('platform.html', diff(['dev', 'prod']));
  await page.goto(url);
  check('title', await page.title() === 'dev → prod', await page.title());
  const all = await page.locator('article').count();
  check('objects are there', all > 20, String(all));
  await picture(page, 'light');

  await page.selectOption('#release', 'kafka');
  await page.selectOption('#kind', 'ConfigMap');
  const kinds = await page.locator('article h2 .kind').allTextContents();
  check('filter by release and kind', kinds.length > 0 && kinds.every(k => k.trim() === 'ConfigMap'), kinds.join());
  await page.selectOption('#release', '');
  await page.selectOption('#kind', '');

  await page.keyboard.press('/');
  await page.keyboard.type('resources limits');
  check('filter by text', /^\d+ of \d+ objects/.test(await status(page)), await status(page));
  const few = Number((await status(page)).split(' ')[0]);
  check('filter by text leaves some', few > 0 && few < 160, String(few));
  await page.keyboard.press('Escape');

  await page.keyboard.press('v');
  check('side by side', await page.locator('table.sides').count() > 0);
  await picture(page, 'sides');
  await page.keyboard.press('v');

  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const here = await page.locator('article.here').getAttribute('id');
  check('keys go to objects', (await page.url()).endsWith('#' + here), here);
  await page.keyboard.press('Enter');
  check('Enter folds', await page.locator('article.here .body').count() === 0);

  await page.goto('about:blank');
  await page.goto(`${url}#kafka/ConfigMap/kafka/kafka-broker`);
  check('deep link', await page.locator('article.here h2').textContent() === 'ConfigMap kafka/kafka-broker');

  await page.fill('#text', 'search-service-indices');
  check('block texts show what is around a change', await page.locator('span.same').count() > 0);
  await picture(page, 'block');
  await page.fill('#text', '');

  await page.click('[data-change="changed"]');
  const tags = await page.locator('article .tag.changed').count();
  check('kinds of change can be left out', tags === 0, String(tags));
  await page.click('[data-change="changed"]');
  await page.keyboard.press('t');
  check('dark', await page.evaluate(() => document.documentElement.dataset.theme) === 'dark');
  await picture(page, 'dark');
  await page.keyboard.press('?');
  check('help opens', await page.locator('#help').evaluate(d => d.open));
  await page.keyboard.press('Escape');

  const unnamed = await page.evaluate(() => [...document.querySelectorAll('button, select, input, a')].filter(e =>
    !(e.getAttribute('aria-label') || e.textContent.trim())).length);
  check('controls have names', unnamed === 0, String(unnamed));
  check('no errors, no network', errors.length === 0, errors.join('; '));

  const small = await browser.newPage({ viewport: { width: 380, height: 800 }, colorScheme: 'dark' });
  await small.goto(url);
  const wide = await small.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  check('fits a telephone', !wide);
  await picture(small, 'small');
}

async function large(browser) {
  const page = await browser.newPage();
  const url = save('large.html', diff([largeChart(), '--', '--set', 'size=3']));
  const start = Date.now();
  await page.goto(url);
  await page.locator('article').first().waitFor();
  const opened = Date.now() - start;
  const time = await page.evaluate(() => {
    const input = document.getElementById('text');
    const times = ['object-49', 'spec.size', 'secret', ''].map(text => {
      const from = performance.now();
      input.value = text;
      input.dispatchEvent(new Event('input'));
      document.body.offsetHeight; // the layout, too
      return performance.now() - from;
    });
    return Math.max(...times);
  });
  const shown = await status(page);
  check('5,000 objects', shown.startsWith('5000 of 5000'), shown);
  check('5,000 objects open quickly', opened < 3000, `${opened} ms`);
  check('5,000 objects are filtered quickly', time < 200, `${Math.round(time)} ms`);
  console.log(`5,000 objects: open ${opened} ms, filter ${Math.round(time)} ms`);
}

if (!browserPath) {
  console.log('there is no chromium here');
  process.exit(2);
}
const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
try {
  await platform(browser);
  await large(browser);
} finally {
  await browser.close();
  rmSync(work, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
