// Opens pages in a real Chromium and holds them to WCAG 2.1 AA with axe-core; writes what it finds as JSON.
// node axe.mjs CHROMIUM NODE_MODULES WIDTHS PAGE...
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [executablePath, modules, widths, ...pages] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/x.js`));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf-8");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
const out = {};
const sizes = widths.split(",").map(Number);
for (const [colorScheme, chosen] of [["light", sizes], ["dark", sizes.slice(0, 1)]]) {
  for (const width of chosen) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    const page = await context.newPage();
    const asked = [];
    page.on("request", (r) => { if (!r.url().startsWith("file:")) asked.push(r.url()); });
    for (const path of pages) {
      asked.length = 0;
      await page.goto(pathToFileURL(path).href);
      await page.evaluate(axe);
      const found = await page.evaluate(async () => {
        const run = await globalThis.axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
        });
        const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
        const tell = (v) => v.nodes.slice(0, 3).map((n) => `${v.id}: ${n.html.slice(0, 160)} ${n.failureSummary}`);
        return { brudd: run.violations.flatMap(tell), regler: run.passes.length, for_bred: wide };
      });
      (out[path] ??= []).push({ width, colorScheme, asked: [...asked], ...found });
    }
    await context.close();
  }
}
await browser.close();
process.stdout.write(JSON.stringify(out));
